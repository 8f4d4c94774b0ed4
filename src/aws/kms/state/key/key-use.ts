// What a service does with a key for its caller, as IAM is asked about it: the caller must be allowed it, and the key's policy must allow it.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { aliases } from '../alias/aliases.ts';
import { findKey } from './find-key.ts';
import { keyArnOfCiphertext, type EncryptionContext } from './key-cipher.ts';
import type { Key } from './key.ts';
import { KeyProblem } from './key-problem.ts';
import { keys } from './keys.ts';

export type KeyAction = 'kms:Decrypt' | 'kms:Encrypt' | 'kms:GenerateDataKey';

export interface KeyUse {
  /** As in `secretsmanager.us-east-1.amazonaws.com`. */
  readonly service: string;
  readonly actions: readonly KeyAction[];
  readonly context?: EncryptionContext;
}

/** The names of a key's aliases. */
export const aliasesOf = (tx: ReadTransaction, keyArn: string): readonly string[] =>
  [...tx.table(aliases).by('key', { keyArn })].map(({ name }) => name);

/** The key that a reference or a ciphertext names; undefined where it is not there, or not yet. Never throws. */
export function keyToUse(
  tx: ReadTransaction,
  scope: Scope,
  named: { readonly reference: string } | { readonly ciphertext: string },
): Key | undefined {
  if ('ciphertext' in named) {
    const arn = keyArnOfCiphertext(scope, Buffer.from(named.ciphertext, 'base64'));
    return arn === undefined ? undefined : tx.table(keys).get(arn);
  }
  try {
    return findKey(tx, scope, named.reference);
  } catch (error) {
    if (error instanceof KeyProblem) return undefined;
    throw error;
  }
}

/** The questions about each of the actions, in the form of the wire. */
export function questionsOf(tx: ReadTransaction, key: Key, { service, actions, context = {} }: KeyUse) {
  const { accountId, region, arn, policy, tags } = key;
  const families = Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]]);
  const conditions: Readonly<Record<string, readonly string[]>> = {
    'aws:ViaAWSService': ['true'],
    'kms:CallerAccount': [accountId],
    'kms:EncryptionAlgorithm': ['SYMMETRIC_DEFAULT'],
    'kms:EncryptionContextKeys': Object.keys(context),
    'kms:ResourceAliases': aliasesOf(tx, arn),
    'kms:ViaService': [`${service}.${region}.amazonaws.com`],
    ...Object.fromEntries(families),
  };
  const resourceTags = Object.fromEntries(tags.map((tag) => [tag.key, tag.value]));
  return actions.map((action) => ({
    action,
    resources: [arn],
    conditions,
    resourcePolicy: policy,
    resourceTags,
  }));
}
