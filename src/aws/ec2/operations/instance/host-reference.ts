import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Ec2, Host } from '../../ec2.ts';
import { instanceNotFound } from '../../errors.ts';

/** The hosts of these ids. */
export function hostsOf(
  { hosts }: Ec2,
  tx: ReadTransaction,
  scope: Scope,
  ids: readonly string[],
): readonly Host[] {
  if (ids.length === 0) return [];
  const all = new Map(hosts(tx, scope).map((host) => [host.id, host]));
  const unknown = ids.filter((id) => !all.has(id));
  if (unknown.length > 0) throw instanceNotFound(unknown);
  return ids.map((id) => all.get(id)!);
}
