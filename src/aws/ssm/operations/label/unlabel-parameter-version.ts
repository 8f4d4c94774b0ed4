// UnlabelParameterVersion: takes labels from a version; those that it does not have are told.
import { validation } from '../../errors.ts';
import type { SsmOperation } from '../../ssm.ts';
import { findParameter, versionOfNumber } from '../../state/parameter/find-parameter.ts';
import { versionNotFound } from '../../state/parameter/parameter-problem.ts';
import { parameterVersions } from '../../state/parameter/parameters.ts';

export const unlabelParameterVersion: SsmOperation<'UnlabelParameterVersion'> = (ssm, input, call) => {
  if (input.Labels.length < 1 || input.Labels.length > 10)
    throw validation('Labels can have 1 to 10 entries.');
  return ssm.store.update((tx) => {
    const parameter = findParameter(tx, call, input.Name);
    const version = versionOfNumber(tx, parameter, input.ParameterVersion);
    if (version === undefined) throw versionNotFound(parameter.name, input.ParameterVersion);
    const gone = input.Labels.filter((label) => version.labels.includes(label));
    const labels = version.labels.filter((label) => !gone.includes(label));
    if (gone.length > 0) tx.table(parameterVersions).put({ ...version, labels });
    return {
      RemovedLabels: gone,
      InvalidLabels: input.Labels.filter((label) => !gone.includes(label)),
    };
  });
};
