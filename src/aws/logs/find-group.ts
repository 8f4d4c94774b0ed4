// Finds the log group that an input names.
import type { ReadTransaction, Store } from '../../store/store.ts';
import type { Scope } from '../shared/scope.ts';
import { groupNotFound, invalidParameter } from './errors.ts';
import { checkGroupName } from './input.ts';
import { logGroupArn, parseLogGroupArn } from './state/arn.ts';
import type { LogGroup } from './state/group/log-group.ts';
import { logGroups } from './state/group/log-groups.ts';

/** By name; throws ResourceNotFoundException. */
export function groupNamed(tx: ReadTransaction, scope: Scope, name: string): LogGroup {
  checkGroupName(name);
  const group = tx.table(logGroups).get(logGroupArn(scope, name));
  if (group === undefined) throw groupNotFound();
  return group;
}

/** By name or ARN; throws ResourceNotFoundException, also for one that is of another account or region. */
export function groupIdentified(tx: ReadTransaction, scope: Scope, identifier: string): LogGroup {
  if (!identifier.startsWith('arn:')) return groupNamed(tx, scope, identifier);
  const parsed = parseLogGroupArn(identifier);
  if (parsed === undefined)
    throw invalidParameter(`'${identifier}' is neither the name nor the ARN of a log group.`);
  const group = tx.table(logGroups).get(logGroupArn(parsed, parsed.name));
  if (group === undefined || group.accountId !== scope.accountId || group.region !== scope.region)
    throw groupNotFound();
  return group;
}

interface GroupReference {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

/** By exactly one of the two members that name it. */
export function groupReferred(store: Store, scope: Scope, reference: GroupReference): LogGroup {
  const { logGroupName: name, logGroupIdentifier: identifier } = reference;
  if ((name === undefined) === (identifier === undefined))
    throw invalidParameter('Specify exactly one of logGroupName and logGroupIdentifier.');
  return store.view((tx) => groupIdentified(tx, scope, (name ?? identifier)!));
}
