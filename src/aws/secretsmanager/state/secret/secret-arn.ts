// ARNs of secrets: making them, and reading those that callers give, whole or without their last seven characters.
import { parseArn } from '../../../../lib/arn.ts';
import { partitionOf } from '../../../../lib/partition.ts';
import type { Random } from '../../../../lib/random.ts';
import type { Scope } from '../../../shared/scope.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const suffixLength = 6;

/** An ARN of the name alone, as policies and callers may write it. */
export const partialArn = ({ region, accountId }: Scope, name: string): string =>
  `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${name}`;

/** The ARN of a new secret: a later one of the same name has another. */
export function newSecretArn(random: Random, scope: Scope, name: string): string {
  const suffix = Array.from(
    { length: suffixLength },
    () => letters[Math.floor(random.next() * letters.length)],
  );
  return `${partialArn(scope, name)}-${suffix.join('')}`;
}

/** The account, Region and what follows `secret:` of an ARN; undefined where it is none of a secret. */
export function parseSecretArn(text: string): (Scope & { readonly rest: string }) | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'secretsmanager' || !arn.resource.startsWith('secret:')) return undefined;
  return { accountId: arn.accountId, region: arn.region, rest: arn.resource.slice('secret:'.length) };
}
