// What the caller of an operation must be allowed to have done with the keys of SecureStrings.
import type { ReadTransaction } from '../../store/store.ts';
import type { FurtherAction } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { ServiceProblem } from '../shared/service-problem.ts';
import { keyToUse, questionsOf } from '../kms/state/key/key-use.ts';
import { latestVersion, selectVersion, versionsOf } from './state/parameter/find-parameter.ts';
import { isBelow, parameterArn, parseReference } from './state/parameter/parameter-name.ts';
import { defaultKey } from './state/parameter/parameter-value.ts';
import type { Parameter, ParameterVersion } from './state/parameter/parameter.ts';
import { parameterKey, parameters } from './state/parameter/parameters.ts';

/** None of these throws: what cannot be found is for the operation to refuse. */
export type KeyQuestions = (tx: ReadTransaction, input: Members, caller: Caller) => readonly FurtherAction[];

const service = 'ssm';
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const contextOf = (parameter: Pick<Parameter, 'accountId' | 'region' | 'name'>) => ({
  PARAMETER_ARN: parameterArn(parameter, parameter.name),
});

function toRead(tx: ReadTransaction, version: ParameterVersion): readonly FurtherAction[] {
  if (version.type !== 'SecureString') return [];
  const key = keyToUse(tx, version, { ciphertext: version.value });
  if (key === undefined) return [];
  return questionsOf(tx, key, { service, actions: ['kms:Decrypt'], context: contextOf(version) });
}

/** Only where values are to be decrypted. */
const decrypting =
  (of: KeyQuestions): KeyQuestions =>
  (tx, input, caller) =>
    input['WithDecryption'] === true ? of(tx, input, caller) : [];

/** Of the parameters that `member` names. */
export const ofNamed = (member: string): KeyQuestions =>
  decrypting((tx, input, caller) =>
    [input[member]].flat().flatMap((reference) => {
      const version = versionNamed(tx, caller, text(reference) ?? '');
      return version === undefined ? [] : toRead(tx, version);
    }),
  );

function versionNamed(tx: ReadTransaction, caller: Caller, reference: string): ParameterVersion | undefined {
  try {
    const { name, selector } = parseReference(caller, reference);
    const parameter = tx.table(parameters).get(parameterKey(caller, name));
    return parameter && selectVersion(tx, parameter, selector);
  } catch (error) {
    if (error instanceof ServiceProblem) return undefined;
    throw error;
  }
}

export const ofHistory: KeyQuestions = decrypting((tx, input, caller) => {
  const parameter = tx.table(parameters).get(parameterKey(caller, text(input['Name']) ?? ''));
  return parameter === undefined ? [] : versionsOf(tx, parameter).flatMap((version) => toRead(tx, version));
});

/** Of all that is below the path, whichever page is asked for. */
export const ofPath: KeyQuestions = decrypting((tx, input, caller) => {
  const path = (text(input['Path']) ?? '/').replace(/(?<=.)\/$/, '');
  const prefix = path === '/' ? '/' : `${path}/`;
  const found: FurtherAction[] = [];
  for (const parameter of tx.table(parameters).by('scope', caller, parameterKey(caller, prefix))) {
    if (!parameter.name.startsWith(prefix) && parameter.name > prefix) break;
    if (isBelow(parameter.name, path, input['Recursive'] === true))
      found.push(...toRead(tx, latestVersion(tx, parameter)));
  }
  return found;
});

/** The advanced tier encrypts with a data key, the standard one with the key itself. */
export const ofPut: KeyQuestions = (tx, input, caller) => {
  const name = text(input['Name']) ?? '';
  const parameter = tx.table(parameters).get(parameterKey(caller, name));
  const before = parameter && latestVersion(tx, parameter);
  if ((input['Type'] ?? before?.type) !== 'SecureString') return [];
  const reference = text(input['KeyId']) ?? before?.keyId ?? defaultKey;
  const key = keyToUse(tx, caller, { reference });
  if (key === undefined) return [];
  const isAdvanced = (input['Tier'] ?? before?.tier) === 'Advanced';
  const context = contextOf({ ...caller, name });
  return questionsOf(tx, key, {
    service,
    actions: [isAdvanced ? 'kms:GenerateDataKey' : 'kms:Encrypt'],
    context,
  });
};
