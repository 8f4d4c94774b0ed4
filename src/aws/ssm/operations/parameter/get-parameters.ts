// GetParameters: up to ten parameters with their values, and which of the names are none.
import type { SsmOperation } from '../../ssm.ts';
import type { Parameter } from '../../shapes.generated.ts';
import { ParameterProblem } from '../../state/parameter/parameter-problem.ts';
import { checkNames } from './names.ts';
import { readParameter } from './read-parameter.ts';

/** What says that there is no such parameter; all else fails the call. */
const missing = new Set(['ParameterNotFound', 'ParameterVersionNotFound']);

export const getParameters: SsmOperation<'GetParameters'> = (ssm, input, call) => {
  checkNames(input.Names);
  return ssm.store.view((tx) => {
    const found: Parameter[] = [];
    const invalid: string[] = [];
    for (const name of input.Names) {
      try {
        found.push(readParameter(ssm, tx, call, name, input.WithDecryption));
      } catch (error) {
        if (!(error instanceof ParameterProblem) || !missing.has(error.code)) throw error;
        invalid.push(name);
      }
    }
    return { Parameters: found, InvalidParameters: invalid };
  });
};
