import type { Scope } from '../../../shared/scope.ts';
import { prefixLists, type PrefixList } from '../../state/vpc-endpoint/endpoint-services.ts';
import { notFound } from '../../errors.ts';

/** The prefix list of that id in a region. */
export function prefixListOf({ region }: Scope, id: string): PrefixList {
  const list = prefixLists(region).find((one) => one.id === id);
  if (list === undefined) throw notFound('pl', id);
  return list;
}
