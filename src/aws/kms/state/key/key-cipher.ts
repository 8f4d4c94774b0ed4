// Encrypting and decrypting with a key. A ciphertext names its key and material, and opens with the same encryption context only.
import type { ReadTransaction } from '../../../../store/store.ts';
import { openBytes, sealBytes } from '../../../shared/aes-gcm.ts';
import type { Scope } from '../../../shared/scope.ts';
import { keyArn } from '../arn.ts';
import { keyState, type Key } from './key.ts';
import { KeyProblem } from './key-problem.ts';
import { keys } from './keys.ts';
import { openMaterial, type KeyMaking } from './new-key.ts';

/** What a ciphertext belongs to, by name; it must be the same when it is decrypted. */
export type EncryptionContext = Readonly<Record<string, string>>;

const form = 1;
const headLength = 1 + 16 + 2;

/** The ciphertext of `plaintext`; throws a KeyProblem where the key is not enabled. */
export function encryptWith(
  making: KeyMaking,
  key: Key,
  plaintext: Uint8Array,
  context: EncryptionContext = {},
): Uint8Array {
  requireEnabled(key);
  const material = key.materials.at(-1)!;
  const head = headOf(key, key.materials.length - 1);
  const sealed = sealBytes(
    openMaterial(making, key, material),
    making.random,
    belongsTo(key, context),
    plaintext,
  );
  return Buffer.concat([head, sealed]);
}

export interface Decrypted {
  readonly key: Key;
  readonly materialId: string;
  readonly plaintext: Uint8Array;
}

/** What was encrypted, and with which key; throws a KeyProblem. */
export function decrypt(
  tx: ReadTransaction,
  making: Pick<KeyMaking, 'valueSeal'>,
  scope: Scope,
  ciphertext: Uint8Array,
  context: EncryptionContext = {},
): Decrypted {
  const { key, material } = keyOfCiphertext(tx, scope, ciphertext);
  requireEnabled(key);
  if (material === undefined) throw invalidCiphertext();
  const secret = openMaterial(making, key, material);
  const plaintext = openBytes(secret, belongsTo(key, context), ciphertext.subarray(headLength));
  if (plaintext === undefined) throw invalidCiphertext();
  return { key, materialId: material.id, plaintext };
}

/** The ARN of the key that a ciphertext names, whether that is there or not; undefined for what is no ciphertext. */
export function keyArnOfCiphertext(scope: Scope, ciphertext: Uint8Array): string | undefined {
  const head = Buffer.from(ciphertext.subarray(0, headLength));
  if (head.length < headLength || head[0] !== form) return undefined;
  const id = head
    .toString('hex', 1, headLength - 2)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return keyArn(scope, id);
}

/** Throws the KeyProblem of a key that is disabled or waits for its deletion. */
export function requireEnabled(key: Key): void {
  requireNotPendingDeletion(key);
  if (keyState(key) === 'Disabled') throw new KeyProblem('DisabledException', `${key.arn} is disabled.`);
}

/** Throws the KeyProblem of a key that waits for its deletion. */
export function requireNotPendingDeletion(key: Key): void {
  if (keyState(key) === 'PendingDeletion')
    throw new KeyProblem('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}

function headOf({ id }: Key, material: number): Buffer {
  const head = Buffer.alloc(headLength);
  head.writeUInt8(form);
  head.write(id.replaceAll('-', ''), 1, 'hex');
  head.writeUInt16BE(material, headLength - 2);
  return head;
}

function keyOfCiphertext(tx: ReadTransaction, scope: Scope, ciphertext: Uint8Array) {
  const arn = keyArnOfCiphertext(scope, ciphertext);
  if (arn === undefined) throw invalidCiphertext();
  const key = tx.table(keys).get(arn);
  if (key === undefined)
    throw new KeyProblem(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  return { key, material: key.materials[Buffer.from(ciphertext).readUInt16BE(headLength - 2)] };
}

const belongsTo = ({ arn }: Key, context: EncryptionContext): string =>
  JSON.stringify([arn, ...Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

const invalidCiphertext = (): KeyProblem => new KeyProblem('InvalidCiphertextException', '');
