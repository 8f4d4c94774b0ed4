// LabelParameterVersion: gives labels to a version; those that another version has move. Labels that are none are told, the others given.
import { tooManyLabels, validation } from '../../errors.ts';
import type { SsmOperation } from '../../ssm.ts';
import { findParameter, versionOfNumber, versionsOf } from '../../state/parameter/find-parameter.ts';
import { versionNotFound } from '../../state/parameter/parameter-problem.ts';
import { parameterVersions } from '../../state/parameter/parameters.ts';

const maxLabels = 10;

export const labelParameterVersion: SsmOperation<'LabelParameterVersion'> = (ssm, input, call) => {
  if (input.Labels.length < 1 || input.Labels.length > maxLabels)
    throw validation(`Labels can have 1 to ${maxLabels} entries.`);
  const labels = [...new Set(input.Labels.filter(isLabel))];
  return ssm.store.update((tx) => {
    const parameter = findParameter(tx, call, input.Name);
    const number = input.ParameterVersion ?? parameter.latest;
    const target = versionOfNumber(tx, parameter, number);
    if (target === undefined) throw versionNotFound(parameter.name, number);
    const all = [...new Set([...target.labels, ...labels])];
    if (all.length > maxLabels) throw tooManyLabels();
    for (const version of versionsOf(tx, parameter)) {
      const others = version.labels.filter((label) => !labels.includes(label));
      const now = version.number === number ? all : others;
      if (now.length !== version.labels.length) tx.table(parameterVersions).put({ ...version, labels: now });
    }
    return { InvalidLabels: input.Labels.filter((label) => !isLabel(label)), ParameterVersion: number };
  });
};

/** Up to 100 characters; it begins with no digit, and not like what is AWS's own. */
const isLabel = (label: string): boolean =>
  /^[A-Za-z_.-][A-Za-z0-9_.-]{0,99}$/.test(label) && !/^(?:aws|ssm)/i.test(label);
