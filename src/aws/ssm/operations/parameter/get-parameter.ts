// GetParameter: a parameter with its value.
import type { SsmOperation } from '../../ssm.ts';
import { readParameter } from './read-parameter.ts';

export const getParameter: SsmOperation<'GetParameter'> = (ssm, input, call) =>
  ssm.store.view((tx) => ({
    Parameter: readParameter(ssm, tx, call, input.Name, input.WithDecryption),
  }));
