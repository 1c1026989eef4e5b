import type { DocumentHead } from '../domain/model/document.js';
import { sideOf } from '../domain/model/gates.js';
import { publicId } from '../domain/model/ids.js';
import type { Environment } from '../domain/model/run.js';
import { connectionsOf } from './connections.js';
import { confirmedMapping, mappingById } from './mappings.js';
import { projectById } from './projects.js';
import { runById } from './runs.js';
import type { Tx } from './transaction.js';

/**
 * What a document of the project opens with.
 * @param by the run that writes it, or the time at which a person asks for it
 */
export async function documentHead(
  tx: Tx,
  projectId: string,
  environment: Environment,
  by: { runId: string } | { at: Date },
): Promise<DocumentHead> {
  const { name, language } = (await projectById(tx, projectId))!;
  const connections = await connectionsOf(tx, [projectId]);
  const nameOf = (side: string) => {
    const found = connections.find(each => each.side === side);
    return found ? (found.workspaceName ?? found.workspaceId ?? new URL(found.baseUrl).host) : null;
  };
  const run = 'runId' in by ? await runById(tx, by.runId) : null;
  const mapping = run?.mappingVersionId ? await mappingById(tx, run.mappingVersionId) : await confirmedMapping(tx, projectId);
  return {
    language,
    project: name,
    sourceAccount: nameOf('SOURCE'),
    workspace: nameOf(sideOf(environment)),
    environment,
    mappingHash: mapping?.hash ?? null,
    run: run && `${run.kind} ${publicId('Run', run.id)}`,
    date: 'at' in by ? by.at : (run?.startedAt ?? run?.createdAt ?? new Date(0)),
  };
}
