// A parameter as a caller asks for it, with its value; SecureStrings are decrypted only where that is asked for.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { presentParameter, presentPublicParameter } from '../../present/parameter.ts';
import type { Ssm } from '../../ssm.ts';
import { findParameter, selectVersion } from '../../state/parameter/find-parameter.ts';
import { parseReference } from '../../state/parameter/parameter-name.ts';
import { decryptValue } from '../../state/parameter/parameter-value.ts';
import type { ParameterVersion } from '../../state/parameter/parameter.ts';
import { publicParameter } from '../../state/public-parameter/public-parameters.ts';

/** Presents what `reference` names; throws a ParameterProblem. */
export function readParameter(
  ssm: Ssm,
  tx: ReadTransaction,
  call: Call,
  reference: string,
  withDecryption: boolean | undefined,
) {
  const { name, selector } = parseReference(call, reference);
  const shared = publicParameter(call.region, name);
  if (shared !== undefined) return presentPublicParameter(shared);
  const version = selectVersion(tx, findParameter(tx, call, name), selector);
  return presentParameter(version, shownValue(ssm, tx, version, withDecryption), selector);
}

/** Of a SecureString that is not to be decrypted, the ciphertext. */
export const shownValue = (
  ssm: Ssm,
  tx: ReadTransaction,
  version: ParameterVersion,
  withDecryption: boolean | undefined,
): string => (withDecryption === true ? decryptValue(tx, ssm, version) : version.value);
