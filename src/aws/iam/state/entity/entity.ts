// What users, groups, roles, instance profiles and policies have in common: they belong to an account, not to a region.
import type { Random } from '../../../../lib/random.ts';
import type { Tag } from '../../../shared/tag.ts';

export interface Entity {
  readonly version: number;
  readonly accountId: string;
  /** As it was given; no two of a kind differ in case alone. */
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
  /** AWS's unique id, never used again, e.g. `AROA…`. */
  readonly id: string;
  /** In the partition `aws`, wherever it is asked for. */
  readonly arn: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly tags: readonly Tag[];
}

/** The key of an entity in its table: names are the same in any case. */
export const entityKey = (accountId: string, name: string): string => `${accountId}/${name.toLowerCase()}`;

/** What policies are attached to: a user, a group or a role. */
export interface Identity extends Entity {
  /** The documents of its inline policies by name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** The ARNs of its managed policies, in the order in which they were attached. */
  readonly attachedPolicies: readonly string[];
}

/** An identity that can act. */
export interface Actor extends Identity {
  /** The ARN of the managed policy that is its permissions boundary. */
  readonly permissionsBoundary?: string | undefined;
}

/** What ids begin with. */
const prefixes = {
  user: 'AIDA',
  group: 'AGPA',
  role: 'AROA',
  'instance-profile': 'AIPA',
  policy: 'ANPA',
} as const;

export type EntityKind = keyof typeof prefixes;

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new unique id of that kind: 21 letters and digits. */
export const newEntityId = (random: Random, kind: EntityKind): string =>
  prefixes[kind] + Array.from(random.bytes(17), (byte) => base32[byte % 32]).join('');

/** e.g. `arn:aws:iam::000000000000:role/service-role/web`. */
export const entityArn = (kind: EntityKind, accountId: string, path: string, name: string): string =>
  `arn:aws:iam::${accountId}:${kind}${path}${name}`;

/** An ARN as rows have it, of whatever partition it is. */
export const inHomePartition = (arn: string): string => arn.replace(/^arn:aws[a-z-]*:/, 'arn:aws:');
