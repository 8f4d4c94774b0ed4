// A secret as task definitions refer to it: `arn:…:secret:name-AbCdEf:json-key:version-stage:version-id`, the last three optional.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { KeyMaking } from '../../../kms/state/key/new-key.ts';
import { findLiveSecret, findVersion } from '../secret/find-secret.ts';
import { currentStage } from '../secret/secret.ts';
import { parseSecretArn, partialArn } from '../secret/secret-arn.ts';
import { invalidParameter, invalidRequest } from '../secret/secret-problem.ts';
import { decryptValue } from '../secret/secret-value.ts';

export interface SecretReference {
  readonly accountId: string;
  readonly region: string;
  /** The ARN without what follows the name; it may lack its last seven characters. */
  readonly secretArn: string;
  /** Of the object that the value is as JSON; absent for the whole value. */
  readonly jsonKey?: string | undefined;
  readonly versionStage?: string | undefined;
  readonly versionId?: string | undefined;
}

/** The parts of a reference; undefined where it is none of a secret. Empty parts are absent. */
export function parseSecretReference(text: string): SecretReference | undefined {
  const arn = parseSecretArn(text);
  if (arn === undefined) return undefined;
  const [name = '', ...parts] = arn.rest.split(':');
  if (name === '' || (parts.length !== 0 && parts.length !== 3)) return undefined;
  const [jsonKey, versionStage, versionId] = parts.map((part) => (part === '' ? undefined : part));
  const { accountId, region } = arn;
  return { accountId, region, secretArn: partialArn(arn, name), jsonKey, versionStage, versionId };
}

/**
 * The text that a reference stands for. Throws a ServiceProblem where the secret, its version or its key is not there or not
 * to be used, and where the value is no text, no JSON object, or lacks the JSON key.
 */
export function secretReferenceValue(
  tx: ReadTransaction,
  making: Pick<KeyMaking, 'valueSeal'>,
  reference: SecretReference,
): string {
  const secret = findLiveSecret(tx, reference, reference.secretArn);
  const { versionId, versionStage, jsonKey } = reference;
  const version = findVersion(tx, secret, versionId, versionStage ?? currentStage);
  if (versionId !== undefined && versionStage !== undefined && !version.stages.includes(versionStage))
    throw invalidRequest(`You provided a VersionStage that is not associated to the provided VersionId.`);
  const value = decryptValue(tx, making, secret, version);
  if (value.kind === 'binary')
    throw invalidParameter(`The value of secret ${secret.arn} is binary, not a text.`);
  return jsonKey === undefined ? value.text : memberOf(value.text, jsonKey, secret.arn);
}

function memberOf(text: string, key: string, arn: string): string {
  const object = parsed(text);
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    throw invalidParameter(`The value of secret ${arn} is not a JSON object, so it has no JSON key ${key}.`);
  if (!Object.hasOwn(object, key))
    throw invalidParameter(`retrieved secret from Secrets Manager did not contain json key ${key}`);
  const member: unknown = (object as Record<string, unknown>)[key];
  return typeof member === 'string' ? member : JSON.stringify(member);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
