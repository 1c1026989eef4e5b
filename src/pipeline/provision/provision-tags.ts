import { listingOf } from '../../domain/model/record-types.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { foldedTag } from '../../domain/text/tag-name.js';
import { raiseIssues } from '../../store/issues.js';
import { saveProvisioned } from '../../store/provisioned-objects.js';
import { afterSettling } from './after-settling.js';
import type { Provisioning } from './provisioning-work.js';

/** Finds or creates each tag. Case does not count. */
export async function provisionTags(context: Provisioning, names: readonly string[]): Promise<{ wanted: number; done: number }> {
  const { work, run, destination } = context;
  const existing = new Map((await destination.tags()).map(tag => [foldedTag(tag.name), tag.id]));
  let done = 0;
  for (const name of names) {
    work.checkHalt();
    const save = (destinationId: string, origin: 'CREATED' | 'FOUND') =>
      work.fencedTransaction(tx =>
        saveProvisioned(tx, work.lease, run.workspaceId!, {
          environment: run.environment!,
          kind: 'TAG',
          name,
          destinationId,
          origin,
          attributeType: null,
        }),
      );
    const found = existing.get(foldedTag(name));
    try {
      if (found !== undefined) await save(found, 'FOUND');
      else {
        await save('', 'CREATED');
        // Finding and creating are one call, so it can be sent again.
        const make = () => destination.createTag(name);
        await save(await afterSettling(context, make, async () => undefined), 'CREATED');
      }
      done++;
    } catch (error) {
      if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
      const about = `${run.environment}`;
      const message = `The tag “${name}” cannot be created: ${error.message}`;
      const hint = 'Map the value to another name in the mapping of tags.';
      await work.fencedTransaction(tx =>
        raiseIssues(tx, work.lease, [
          {
            code: 'TAG_REFUSED',
            severity: 'ERROR',
            recordType: 'TAG',
            listing: listingOf('TAG'),
            sourceId: name,
            about,
            message,
            hint,
          },
        ]),
      );
    }
  }
  return { wanted: names.length, done };
}
