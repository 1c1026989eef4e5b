import { customFieldsOf, type Fields, textOf } from '../../../domain/model/record-fields.js';
import type { DealShape } from '../../../domain/model/source-shapes.js';

export const dealOf = (deal: Fields): DealShape => ({
  name: textOf(deal.name),
  value: textOf(deal.value),
  currency: textOf(deal.currency),
  status: textOf(deal.status),
  contactId: textOf(deal.contactId),
  companyId: textOf(deal.companyId),
  pipelineId: textOf(deal.pipelineId),
  stageId: textOf(deal.stageId),
  ownerIds: [deal.ownerIds ?? []].flat().map(textOf),
  closeDate: textOf(deal.closeDate),
  notes: textOf(deal.notes),
  customFields: customFieldsOf(deal.customFields),
  customFieldsText: textOf(deal.customFields),
  createdDate: textOf(deal.createdDate),
  updatedDate: textOf(deal.updatedDate),
});
