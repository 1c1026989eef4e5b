import { UserError } from '../domain/model/errors.js';
import { monthsBetween, noUsage, type Usage } from '../domain/model/usage.js';
import { usageMonths } from '../store/usage.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';

export interface MonthOfUsage extends Usage {
  /** YYYY-MM, in UTC. */
  month: string;
}

const maxMonths = 36;

/**
 * What each organization itself has used, month by month; months without use too.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT
 */
export async function findUsage(
  context: OperationContext,
  organizationIds: readonly string[],
  range: { from: string; to: string },
): Promise<MonthOfUsage[][]> {
  requirePermission(context.principal, 'usage');
  const months = monthsBetween(range.from, range.to, maxMonths);
  if (!months)
    throw new UserError('INVALID_INPUT', `Give two months as YYYY-MM, in order, of at most ${maxMonths} months.`, {
      path: ['from'],
    });
  const rows = await within(context, tx => usageMonths(tx, organizationIds, range.from, range.to));
  const known = new Map(rows.map(({ organizationId, ...usage }) => [`${organizationId} ${usage.month}`, usage]));
  return organizationIds.map(id => months.map(month => known.get(`${id} ${month}`) ?? { month, ...noUsage() }));
}
