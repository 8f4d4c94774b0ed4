// The value that an input brings, and the id that its version gets.
import { uuid } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { invalidParameter, validation } from '../../errors.ts';
import type { SecretValue } from '../../state/secret/secret-value.ts';

const maxBytes = 65_536;

interface ValueInput {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** The value; undefined where there is none. Throws where there are two, or it is too long. Its text is in no message. */
export function inputValue({ SecretString: text, SecretBinary: bytes }: ValueInput): SecretValue | undefined {
  if (text !== undefined && bytes !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  const length = text === undefined ? bytes?.length : Buffer.byteLength(text);
  if (length !== undefined && length > maxBytes)
    throw validation(`A secret value can have a maximum of ${maxBytes} bytes.`);
  if (text !== undefined) return { kind: 'string', text };
  return bytes && { kind: 'binary', bytes };
}

/** The version's id: the token of the call, which a client that repeats it sends again. */
export function versionId(random: Random, token: string | undefined): string {
  if (token === undefined) return uuid(random);
  if (token.length < 32 || token.length > 64)
    throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
  return token;
}
