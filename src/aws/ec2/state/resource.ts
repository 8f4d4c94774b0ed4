// What every resource of EC2 has, and how it is called.
import { hexId } from '../../../lib/ids.ts';
import { partitionOf } from '../../../lib/partition.ts';
import type { Random } from '../../../lib/random.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Tag } from '../../shared/tag.ts';

export interface Resource extends Scope {
  readonly version: number;
  /** E.g. `vpc-` and 17 hex digits; unique over all accounts. */
  readonly id: string;
  readonly tags: readonly Tag[];
}

/** What a call that may be repeated was made with; the repeated call answers the resource that it made. */
export interface MadeByToken {
  readonly clientToken?: string | undefined;
  /** SHA-256 of what was asked for. */
  readonly requestHash?: string | undefined;
}

export const newId = (random: Random, prefix: string): string => `${prefix}-${hexId(random, 17)}`;

/** E.g. `arn:aws:ec2:us-east-1:000000000000:vpc/vpc-0…`. */
export const ec2Arn = ({ region, accountId }: Scope, type: string, id: string): string =>
  `arn:${partitionOf(region)}:ec2:${region}:${accountId}:${type}/${id}`;

/** The members of a scope alone, of whatever has them. */
export const scopeOf = ({ accountId, region }: Scope): Scope => ({ accountId, region });
