import { AgentAddressResolver, AgentResolver, TeammateAddressResolver } from './agents.js';
import { ApiKeyResolver, OrganizationApiKeyResolver } from './api-keys.js';
import { AuditEntryResolver } from './audit-entries.js';
import { BulkResolver } from './bulk.js';
import { CallRecordingResolver } from './call-recordings.js';
import { ConnectionResolver } from './connections.js';
import { CrosswalkResolver } from './crosswalk.js';
import { CutoverResolver } from './cutovers.js';
import { DiscoveryResolver, ProjectDiscoveryResolver } from './discoveries.js';
import { DocumentResolver } from './documents.js';
import { DuplicateResolver } from './duplicates.js';
import { IssueResolver } from './issues.js';
import { MappingReviewResolver } from './mapping-reviews.js';
import { FieldMappingResolver, MappingVersionResolver, ProjectMappingResolver, RunMappingResolver } from './mapping-versions.js';
import {
  CallRecordingNeighbourResolver,
  DocumentNeighbourResolver,
  IssueNeighbourResolver,
  RunNeighbourResolver,
} from './neighbours.js';
import { NodeResolver } from './node.js';
import { OrganizationResolver, ProjectOrganizationResolver } from './organizations.js';
import { PortfolioResolver } from './portfolio.js';
import { ProjectEventListResolver, ProjectEventResolver } from './project-events.js';
import { ProjectResolver } from './projects.js';
import { ProvisionedObjectResolver } from './provisioned-objects.js';
import {
  ProjectReconciliationResolver,
  ReconciliationResolver,
  RecordVerificationResolver,
  RunReconciliationResolver,
} from './reconciliations.js';
import { RepairResolver } from './repairs.js';
import { RunPlanResolver } from './rollback-plans.js';
import { ProjectRunResolver, RunResolver } from './runs.js';
import { ProjectSandboxResolver, RunSignOffResolver, SignOffResolver } from './sandbox.js';
import { ShareTokenResolver } from './share-tokens.js';
import { CrosswalkSourceResolver, IssueSourceResolver, RecordingSourceResolver } from './source-urls.js';
import { OrganizationUsageResolver } from './usage.js';
import { ViewerResolver } from './viewer.js';
import { WebhookResolver } from './webhooks.js';

/** The schema shows the fields of a type in this order. */
export const resolvers = [
  ViewerResolver,
  NodeResolver,
  OrganizationResolver,
  ProjectOrganizationResolver,
  ApiKeyResolver,
  OrganizationApiKeyResolver,
  AuditEntryResolver,
  ProjectResolver,
  ShareTokenResolver,
  ConnectionResolver,
  ProjectDiscoveryResolver,
  DiscoveryResolver,
  DuplicateResolver,
  MappingVersionResolver,
  FieldMappingResolver,
  MappingReviewResolver,
  ProjectMappingResolver,
  RunMappingResolver,
  AgentResolver,
  AgentAddressResolver,
  TeammateAddressResolver,
  ProvisionedObjectResolver,
  RunResolver,
  ProjectRunResolver,
  ProjectEventListResolver,
  RunPlanResolver,
  ProjectSandboxResolver,
  CutoverResolver,
  RunSignOffResolver,
  SignOffResolver,
  ReconciliationResolver,
  ProjectReconciliationResolver,
  RecordVerificationResolver,
  RunReconciliationResolver,
  RepairResolver,
  IssueResolver,
  DocumentResolver,
  CrosswalkResolver,
  CallRecordingResolver,
  ProjectEventResolver,
  PortfolioResolver,
  BulkResolver,
  RunNeighbourResolver,
  IssueNeighbourResolver,
  DocumentNeighbourResolver,
  CallRecordingNeighbourResolver,
  WebhookResolver,
  CrosswalkSourceResolver,
  IssueSourceResolver,
  RecordingSourceResolver,
  OrganizationUsageResolver,
] as const;
