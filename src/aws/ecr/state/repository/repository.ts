// A repository: what may be pushed to it, and its policies.
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';

export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION';

export interface Encryption {
  readonly type: 'AES256' | 'KMS' | 'KMS_DSSE';
  readonly kmsKey?: string | undefined;
}

export interface Repository extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly name: string;
  readonly tagMutability: TagMutability;
  /** Names of tags, with `*` for any text, that are treated the other way; none where the mutability has no exclusion. */
  readonly mutabilityExclusions: readonly string[];
  readonly scanOnPush: boolean;
  readonly encryption: Encryption;
  /** JSON as it was given. */
  readonly policy?: string | undefined;
  /** JSON as it was given. */
  readonly lifecyclePolicy?: string | undefined;
  /** Epoch ms at which the lifecycle policy last acted. */
  readonly lifecycleEvaluatedAt?: number | undefined;
  /** The lifecycle policy that was last asked to be tried, as JSON. */
  readonly lifecyclePreview?: string | undefined;
  readonly tags: readonly Tag[];
  /** Epoch ms. */
  readonly createdAt: number;
}

/** Whether a tag of that name may be given to another image. */
export function isMutable({ tagMutability, mutabilityExclusions }: Repository, tag: string): boolean {
  const isExcluded = mutabilityExclusions.some((name) => matches(name, tag));
  return tagMutability.startsWith('MUTABLE') !== isExcluded;
}

/** `*` stands for any text. Takes time in proportion to both: each part is looked for behind the one before. */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
