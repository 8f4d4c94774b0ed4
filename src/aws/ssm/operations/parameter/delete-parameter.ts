// DeleteParameter: the parameter and its history are gone at once.
import type { SsmOperation } from '../../ssm.ts';
import { parameterNotFound } from '../../state/parameter/parameter-problem.ts';
import { forgetParameter } from './forget-parameter.ts';

export const deleteParameter: SsmOperation<'DeleteParameter'> = (ssm, input, call) =>
  ssm.store.update((tx) => {
    if (!forgetParameter(tx, call, input.Name)) throw parameterNotFound(input.Name);
    return {};
  });
