// What the caller of an operation must be allowed to have done with the keys of secrets.
import type { ReadTransaction } from '../../store/store.ts';
import type { FurtherAction } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { keyToUse, questionsOf, type KeyAction } from '../kms/state/key/key-use.ts';
import { lookUpSecret, versionAt, versionsOf } from './state/secret/find-secret.ts';
import { currentStage, type Secret, type SecretVersion } from './state/secret/secret.ts';
import { defaultKey } from './state/secret/secret-value.ts';
import { secretVersionKey, secretVersions } from './state/secret/secrets.ts';

/** None of these throws: what cannot be found is for the operation to refuse. */
export type KeyQuestions = (tx: ReadTransaction, input: Members, caller: Caller) => readonly FurtherAction[];

/** As AWS says it, whichever action it is. */
const says = 'Access to KMS is not allowed';
const service = 'secretsmanager';
/** A data key is made for each value, and opened to seal the value with it. */
const sealing: readonly KeyAction[] = ['kms:GenerateDataKey', 'kms:Decrypt'];

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function ofKey(
  tx: ReadTransaction,
  caller: Caller,
  reference: string,
  context: Readonly<Record<string, string>> = {},
): readonly FurtherAction[] {
  const key = keyToUse(tx, caller, { reference });
  if (key === undefined) return [];
  return questionsOf(tx, key, { service, actions: sealing, context }).map((one) => ({ ...one, says }));
}

function toRead(tx: ReadTransaction, secret: Secret, version: SecretVersion): readonly FurtherAction[] {
  const key = keyToUse(tx, secret, { ciphertext: version.ciphertext });
  if (key === undefined) return [];
  const context = { SecretARN: secret.arn, SecretVersionId: version.id };
  return questionsOf(tx, key, { service, actions: ['kms:Decrypt'], context }).map((one) => ({
    ...one,
    says,
  }));
}

function secretIn(tx: ReadTransaction, caller: Caller, reference: unknown): Secret | undefined {
  return text(reference) === undefined ? undefined : lookUpSecret(tx, caller, String(reference));
}

/** Of the versions whose values are asked for, of the secrets that `member` names. */
export const ofValues =
  (member: string): KeyQuestions =>
  (tx, input, caller) => {
    const { VersionId: id, VersionStage: stage } = input;
    return [input[member]].flat().flatMap((reference) => {
      const secret = secretIn(tx, caller, reference);
      if (secret === undefined) return [];
      const version =
        text(id) === undefined
          ? versionAt(tx, secret, text(stage) ?? currentStage)
          : tx.table(secretVersions).get(secretVersionKey(secret.arn, String(id)));
      return version === undefined ? [] : toRead(tx, secret, version);
    });
  };

const hasValue = (input: Members): boolean =>
  input['SecretString'] !== undefined || input['SecretBinary'] !== undefined;

export const ofNewSecret: KeyQuestions = (tx, input, caller) =>
  hasValue(input) ? ofKey(tx, caller, text(input['KmsKeyId']) ?? defaultKey) : [];

export const ofNewValue: KeyQuestions = (tx, input, caller) => {
  const secret = secretIn(tx, caller, input['SecretId']);
  return secret === undefined
    ? []
    : ofKey(tx, caller, secret.kmsKeyId ?? defaultKey, { SecretARN: secret.arn });
};

/** With another key, all that has a stage is opened and sealed anew. */
export const ofUpdate: KeyQuestions = (tx, input, caller) => {
  const secret = secretIn(tx, caller, input['SecretId']);
  if (secret === undefined) return [];
  const before = secret.kmsKeyId ?? defaultKey;
  const key = text(input['KmsKeyId']) ?? before;
  if (key === before) return hasValue(input) ? ofNewValue(tx, input, caller) : [];
  const opened = versionsOf(tx, secret).filter(({ stages }) => stages.length > 0);
  return [
    ...opened.flatMap((version) => toRead(tx, secret, version)),
    ...ofKey(tx, caller, key, { SecretARN: secret.arn }),
  ];
};
