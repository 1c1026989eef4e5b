import { loadCalls } from '../domain/discovery/estimate.js';
import type { FieldFacts, FirstPass, MeasuredRun } from '../domain/discovery/facts.js';
import type { OpenAgents as AgentGroup } from '../domain/model/gates.js';
import { type Fields, recordOf } from '../domain/model/record-fields.js';
import { listingOf } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import { campaign, isActive, isCampaign, languageInText, nameOf } from '../sources/shapes.js';
import type { Tx } from './transaction.js';

/** Fields of the newest mapping version of each project, without profiles and values; by the project's id. */
export async function fieldFactsOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, FieldFacts[]>> {
  const rows = await tx.manager.query<(FieldFacts & { projectId: string })[]>(
    `WITH newest AS (
       SELECT DISTINCT ON (project_id) project_id, id FROM landfall.mapping_versions WHERE project_id = ANY($1) ORDER BY project_id, version DESC
     )
     SELECT n.project_id AS "projectId", f.record_type AS "recordType", f.action, f.target_path AS "targetPath", f.confidence, f.losses
     FROM newest n JOIN landfall.field_mappings f ON f.mapping_version_id = n.id`,
    [projectIds],
  );
  return Map.groupBy(rows, row => row.projectId);
}

/** Active records of a source. */
export interface ActiveRecords {
  agents: number;
  mailAccounts: number;
  chatWidgets: number;
  /** Names of campaigns. */
  campaigns: string[];
}

/** A record above this size is not parsed; it counts as active. */
const maxParsedBytes = 16_384;

function fieldsIn(raw: string | null): Fields {
  const record: unknown = raw === null ? null : recordOf(raw);
  return typeof record === 'object' && record !== null ? (record as Fields) : {};
}

/** By the project's id. Projects without such records are left out. */
export async function activeRecordsOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, ActiveRecords>> {
  const [agents, mailAccounts, chatWidgets, automations] = (['AGENT', 'MAIL_ACCOUNT', 'CHAT_WIDGET', 'AUTOMATION'] as const).map(
    listingOf,
  );
  const rows = await tx.manager.query<{ projectId: string; listing: string; sourceId: string; raw: string | null }[]>(
    `SELECT project_id AS "projectId", listing, source_id AS "sourceId", CASE WHEN octet_length(raw) <= $4 THEN raw END AS raw
     FROM landfall.staged_records WHERE project_id = ANY($1) AND gone_at IS NULL AND NOT skipped
       AND (listing = ANY($2) OR listing = $3 AND raw ~ $5) ORDER BY source_id`,
    [projectIds, [agents, mailAccounts, chatWidgets], automations, maxParsedBytes, campaign.matches],
  );
  const active = rows.map(row => ({ ...row, record: fieldsIn(row.raw) })).filter(({ record }) => isActive(record));
  return new Map(
    [...Map.groupBy(active, row => row.projectId)].map(([projectId, records]) => {
      const of = (listing: string | undefined) => records.filter(each => each.listing === listing);
      const campaigns = of(automations).filter(({ raw, record }) => raw === null || isCampaign(record));
      return [
        projectId,
        {
          agents: of(agents).length,
          mailAccounts: of(mailAccounts).length,
          chatWidgets: of(chatWidgets).length,
          campaigns: campaigns.map(({ sourceId, record }) => nameOf(record) || sourceId),
        },
      ];
    }),
  );
}

/** Languages of articles, categories and their translations, by the project's id. */
export async function languagesOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.manager.query<{ projectId: string; languages: string[] }[]>(
    `SELECT s.project_id AS "projectId", array_agg(DISTINCT lower(found[1]) ORDER BY lower(found[1])) AS languages
     FROM landfall.staged_records s, regexp_matches(s.raw, $3, 'g') AS found
     WHERE s.project_id = ANY($1) AND s.listing = ANY($2) AND s.gone_at IS NULL AND NOT s.skipped GROUP BY 1`,
    [projectIds, [listingOf('ARTICLE'), listingOf('CATEGORY')], languageInText],
  );
  return new Map(rows.map(({ projectId, languages }) => [projectId, languages]));
}

/** SQL: runs with windows, a budget or slices measure neither the whole account nor the limits of the platforms. */
const isUnplanned = (runs: string) => `${runs}.load_plan IS NULL`;

/** What the newest complete run of a kind has measured. */
export interface Measurement extends MeasuredRun {
  callLimitPerMinute: number | null;
}

/** Of extractions and of loads into PRODUCTION, by the project's id. Pauses count as time. */
export async function measurementsOf(
  tx: Tx,
  projectIds: readonly string[],
): Promise<Map<string, Partial<Record<'EXTRACTION' | 'PRODUCTION', Measurement>>>> {
  const rows = await tx.manager.query<(Measurement & { projectId: string; kind: 'EXTRACTION' | 'PRODUCTION' })[]>(
    `SELECT DISTINCT ON (r.project_id, r.kind) r.project_id AS "projectId", r.kind, r.call_limit_per_minute AS "callLimitPerMinute",
       extract(epoch FROM r.finished_at - r.started_at)::float8 AS seconds,
       (SELECT coalesce(sum(p.api_calls), 0) FROM landfall.run_phases p WHERE p.run_id = r.id)::float8 AS "apiCalls"
     FROM landfall.runs r WHERE r.project_id = ANY($1) AND r.kind IN ('EXTRACTION', 'PRODUCTION')
       AND r.state IN ('SUCCEEDED', 'INCOMPLETE') AND r.started_at IS NOT NULL AND r.finished_at IS NOT NULL AND ${isUnplanned('r')}
     ORDER BY r.project_id, r.kind, r.created_at DESC, r.id DESC`,
    [projectIds],
  );
  return new Map(
    [...Map.groupBy(rows, row => row.projectId)].map(([projectId, runs]) => [
      projectId,
      Object.fromEntries(
        runs.map(({ kind, apiCalls, seconds, callLimitPerMinute }) => [kind, { apiCalls, seconds, callLimitPerMinute }]),
      ),
    ]),
  );
}

/**
 * Of the first extraction and the first load into PRODUCTION that ended SUCCEEDED or INCOMPLETE, by the project's id: calls and time
 * with those of earlier runs of the kind, which an error or a person has ended. Pauses count as time.
 */
export async function firstPassesOf(
  tx: Tx,
  projectIds: readonly string[],
): Promise<Map<string, Partial<Record<'EXTRACTION' | 'PRODUCTION', FirstPass>>>> {
  const rows = await tx.manager.query<(FirstPass & { projectId: string; kind: 'EXTRACTION' | 'PRODUCTION' })[]>(
    `WITH first AS (
       SELECT DISTINCT ON (project_id, kind) id, project_id, kind, created_at FROM landfall.runs
       WHERE project_id = ANY($1) AND kind IN ('EXTRACTION', 'PRODUCTION') AND state IN ('SUCCEEDED', 'INCOMPLETE') AND ${isUnplanned('landfall.runs')}
       ORDER BY project_id, kind, created_at, id
     )
     SELECT f.project_id AS "projectId", f.kind, sum(extract(epoch FROM r.finished_at - r.started_at))::float8 AS seconds,
       sum((SELECT coalesce(sum(p.api_calls), 0) FROM landfall.run_phases p WHERE p.run_id = r.id))::float8 AS "apiCalls",
       (SELECT coalesce(sum(p.staged), 0) FROM landfall.run_phases p WHERE p.run_id = f.id AND p.record_type IS NOT NULL
         AND (f.kind = 'EXTRACTION' OR p.record_type = ANY($2)))::float8 AS records
     FROM first f JOIN landfall.runs r ON r.project_id = f.project_id AND r.kind = f.kind AND (r.created_at, r.id) <= (f.created_at, f.id)
     WHERE r.started_at IS NOT NULL AND r.finished_at IS NOT NULL AND ${isUnplanned('r')} GROUP BY f.id, f.project_id, f.kind`,
    [projectIds, Object.keys(loadCalls)],
  );
  return new Map(
    [...Map.groupBy(rows, row => row.projectId)].map(([projectId, passes]) => [
      projectId,
      Object.fromEntries(passes.map(({ kind, apiCalls, seconds, records }) => [kind, { apiCalls, seconds, records }])),
    ]),
  );
}

/** Workspaces in which PROVISIONING has found the type for deals, as `project environment`. */
export async function dealTypesOf(tx: Tx, projectIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.manager.query<{ projectId: string; environment: Environment }[]>(
    `SELECT project_id AS "projectId", environment FROM landfall.provisioned_objects
     WHERE project_id = ANY($1) AND kind = 'OBJECT_TYPE' AND destination_id <> ''`,
    [projectIds],
  );
  return new Set(rows.map(({ projectId, environment }) => `${projectId} ${environment}`));
}

/** Agents that were compared with teammates: how many of each project, by status and address of the teammate. */
export async function agentGroupsOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, AgentGroup[]>> {
  const rows = await tx.manager.query<(AgentGroup & { projectId: string })[]>(
    `SELECT project_id AS "projectId", status, teammate_email AS email, count(*)::int AS agents FROM landfall.agents
     WHERE project_id = ANY($1) GROUP BY 1, 2, 3`,
    [projectIds],
  );
  return Map.groupBy(rows, row => row.projectId);
}
