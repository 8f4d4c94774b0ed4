import { partitionOf } from '../../../lib/partition.ts';
import type { Scope } from '../../shared/scope.ts';

const prefix = ({ region, accountId }: Scope): string =>
  `arn:${partitionOf(region)}:kms:${region}:${accountId}:`;

export const keyArn = (scope: Scope, id: string): string => `${prefix(scope)}key/${id}`;
/** `name` begins with `alias/`. */
export const aliasArn = (scope: Scope, name: string): string => prefix(scope) + name;
