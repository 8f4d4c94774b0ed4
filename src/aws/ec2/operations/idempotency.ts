// A call that is repeated with its client token answers what it made; with other parameters it is refused.
import { createHash } from 'node:crypto';
import { idempotentMismatch, invalidParameterValue } from '../errors.ts';
import type { MadeByToken } from '../state/resource.ts';

/** What to keep of the call with what it makes. */
export function madeBy(input: { readonly ClientToken?: string | undefined }): MadeByToken {
  const { ClientToken: clientToken, ...asked } = input;
  if (clientToken === undefined || clientToken === '') return {};
  if (clientToken.length > 64)
    throw invalidParameterValue(
      'Value for parameter clientToken is invalid. It may have at most 64 characters.',
    );
  return { clientToken, requestHash: createHash('sha256').update(JSON.stringify(asked)).digest('hex') };
}

/** What an earlier call made with the same token; `find` looks it up. Throws IdempotentParameterMismatch where that was another call. */
export function madeEarlier<R extends MadeByToken>(
  { clientToken, requestHash }: MadeByToken,
  find: (clientToken: string) => Iterable<R>,
): R | undefined {
  if (clientToken === undefined) return undefined;
  const [row] = find(clientToken);
  if (row !== undefined && row.requestHash !== requestHash) throw idempotentMismatch();
  return row;
}
