import { attributesOf, tagsOf } from '../domain/mapping/attributes.js';
import { fieldsOfMapping } from '../store/mappings.js';
import { isRolledBack } from '../store/rollback-plans.js';
import { provisionAttributes } from './provision/provision-attributes.js';
import { provisionTags } from './provision/provision-tags.js';
import { checkWorkspace } from './provision/provisioning.js';
import type { Provisioning } from './provision/provisioning-work.js';

/** After a rollback: attributes that it archived are made active again, and its tags are created again. */
export async function provisionAgain(context: Provisioning): Promise<void> {
  const { work, run, destination } = context;
  if (!(await work.transaction(tx => isRolledBack(tx, run.projectId, run.environment!)))) return;
  await checkWorkspace(run, destination);
  const fields = await work.transaction(tx => fieldsOfMapping(tx, run.mappingVersionId!));
  await provisionAttributes({ ...context, share: 0 }, attributesOf(fields));
  await provisionTags(context, tagsOf(fields));
}
