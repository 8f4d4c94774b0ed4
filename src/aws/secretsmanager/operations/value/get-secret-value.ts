// GetSecretValue: the value of a version, by id or stage; of the current one unless told otherwise.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { readValue } from './read-value.ts';

export const getSecretValue: SecretsManagerOperation<'GetSecretValue'> = (manager, input, call) =>
  manager.store.update((tx) => readValue(manager, tx, call, input));
