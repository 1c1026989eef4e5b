import { Tenancy1764000000000 } from './1764000000000-tenancy.js';
import { Extraction1764100000000 } from './1764100000000-extraction.js';
import { Mapping1764200000000 } from './1764200000000-mapping.js';
import { Load1764300000000 } from './1764300000000-load.js';
import { Documents1764400000000 } from './1764400000000-documents.js';
import { PreImages1764500000000 } from './1764500000000-pre-images.js';
import { FairShares1764620000000 } from './1764620000000-fair-shares.js';
import { SkippedRecords1764630000000 } from './1764630000000-skipped-records.js';
import { Keys1764640000000 } from './1764640000000-keys.js';
import { ReadBack1764660000000 } from './1764660000000-read-back.js';
import { StagedAt1764670000000 } from './1764670000000-staged-at.js';
import { FailedAt1764680000000 } from './1764680000000-failed-at.js';
import { Sandbox1764690000000 } from './1764690000000-sandbox.js';
import { Rollback1764700000000 } from './1764700000000-rollback.js';
import { Delta1764710000000 } from './1764710000000-delta.js';
import { Cutover1764720000000 } from './1764720000000-cutover.js';
import { LikelyDuplicates1764730000000 } from './1764730000000-likely-duplicates.js';
import { MappingCompleted1764740000000 } from './1764740000000-mapping-completed.js';
import { SignedDocuments1764750000000 } from './1764750000000-signed-documents.js';
import { Checklist1764760000000 } from './1764760000000-checklist.js';
import { WrittenNotes1764760001000 } from './1764760001000-written-notes.js';
import { Credentials1764770000000 } from './1764770000000-credentials.js';
import { Audit1764770001000 } from './1764770001000-audit.js';
import { CrosswalkLists1764780000000 } from './1764780000000-crosswalk-lists.js';
import { IssueStatus1764780001000 } from './1764780001000-issue-status.js';
import { ArchivedProjects1764780002000 } from './1764780002000-archived-projects.js';
import { Webhooks1764790000000 } from './1764790000000-webhooks.js';
import { Usage1764790001000 } from './1764790001000-usage.js';
import { RateState1764810000000 } from './1764810000000-rate-state.js';
import { Contacts1764810001000 } from './1764810001000-contacts.js';
import { RecordVerifications1764820000000 } from './1764820000000-record-verifications.js';
import { ProjectScope1764830000000 } from './1764830000000-project-scope.js';
import { HypercareDays1764840000000 } from './1764840000000-hypercare-days.js';

/** Every migration, oldest first; listed, so that a file left over in dist is not run. */
export const migrations = [
  Tenancy1764000000000,
  Extraction1764100000000,
  Mapping1764200000000,
  Load1764300000000,
  Documents1764400000000,
  PreImages1764500000000,
  FairShares1764620000000,
  SkippedRecords1764630000000,
  Keys1764640000000,
  ReadBack1764660000000,
  StagedAt1764670000000,
  FailedAt1764680000000,
  Sandbox1764690000000,
  Rollback1764700000000,
  Delta1764710000000,
  Cutover1764720000000,
  LikelyDuplicates1764730000000,
  MappingCompleted1764740000000,
  SignedDocuments1764750000000,
  Checklist1764760000000,
  WrittenNotes1764760001000,
  Credentials1764770000000,
  Audit1764770001000,
  CrosswalkLists1764780000000,
  IssueStatus1764780001000,
  ArchivedProjects1764780002000,
  Webhooks1764790000000,
  Usage1764790001000,
  RateState1764810000000,
  Contacts1764810001000,
  RecordVerifications1764820000000,
  ProjectScope1764830000000,
  HypercareDays1764840000000,
];
