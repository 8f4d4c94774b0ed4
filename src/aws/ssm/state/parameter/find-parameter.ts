// Finding parameters and their versions.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { KeyMaking } from '../../../kms/state/key/new-key.ts';
import { publicParameter } from '../public-parameter/public-parameters.ts';
import { parseReference } from './parameter-name.ts';
import { labelNotFound, parameterNotFound, versionNotFound } from './parameter-problem.ts';
import { decryptValue } from './parameter-value.ts';
import type { Parameter, ParameterVersion } from './parameter.ts';
import { parameterKey, parameters, parameterVersionKey, parameterVersions } from './parameters.ts';

/** The parameter; throws a ParameterProblem where there is none of that name. */
export function findParameter(tx: ReadTransaction, scope: Scope, name: string): Parameter {
  const parameter = tx.table(parameters).get(parameterKey(scope, name));
  if (parameter === undefined) throw parameterNotFound(name);
  return parameter;
}

/** The oldest first. */
export const versionsOf = (
  tx: ReadTransaction,
  { accountId, region, name }: Parameter,
): ParameterVersion[] => [...tx.table(parameterVersions).by('parameter', { accountId, region, name })];

export const versionOfNumber = (
  tx: ReadTransaction,
  parameter: Parameter,
  number: number,
): ParameterVersion | undefined =>
  tx.table(parameterVersions).get(parameterVersionKey(parameter, parameter.name, number));

export const latestVersion = (tx: ReadTransaction, parameter: Parameter): ParameterVersion =>
  versionOfNumber(tx, parameter, parameter.latest)!;

/** The version that `:3` or `:label` names, the latest without; throws a ParameterProblem. */
export function selectVersion(
  tx: ReadTransaction,
  parameter: Parameter,
  selector: string | undefined,
): ParameterVersion {
  if (selector === undefined) return latestVersion(tx, parameter);
  const wanted = selector.slice(1);
  if (/^[0-9]+$/.test(wanted)) {
    const version = versionOfNumber(tx, parameter, Number(wanted));
    if (version === undefined) throw versionNotFound(parameter.name, wanted);
    return version;
  }
  const version = versionsOf(tx, parameter).find(({ labels }) => labels.includes(wanted));
  if (version === undefined) throw labelNotFound(parameter.name, wanted);
  return version;
}

/**
 * The value of a parameter as task definitions refer to it, by name or ARN: a SecureString decrypted, a StringList as it is.
 * Throws a ServiceProblem where it is not there, or its key cannot be used.
 */
export function parameterReferenceValue(
  tx: ReadTransaction,
  making: Pick<KeyMaking, 'valueSeal'>,
  scope: Scope,
  text: string,
): string {
  const { name, selector } = parseReference(scope, text);
  const shared = publicParameter(scope.region, name);
  if (shared !== undefined) return shared.value;
  return decryptValue(tx, making, selectVersion(tx, findParameter(tx, scope, name), selector));
}
