import type { DocumentHead } from '../../domain/model/document.js';
import type { Texts } from './texts/texts.js';
import { minuteOf } from './times.js';

/** What a document opens with: names and values. */
export function headRows(head: DocumentHead, { frame }: Texts): [name: string, value: string][] {
  const names = frame.head;
  return [
    [names.project, head.project],
    [names.source, head.sourceAccount ?? frame.notConnected],
    [names.workspace, head.workspace ?? frame.notConnected],
    [names.environment, frame.environments[head.environment]],
    [names.mapping, head.mappingHash ?? frame.noMapping],
    [names.run, head.run ?? frame.noRun],
    [names.date, minuteOf(head.date)],
  ];
}
