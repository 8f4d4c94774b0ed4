// Holds privileged containers back where the host's owner has forbidden them.
import { ContainerFailure } from '../engine/container-failure.ts';
import type { Hook } from './hook.ts';

export const privilegedHook: Hook = (draft, { config }) => {
  if (config.privilegedDisabled && draft.hostConfig['Privileged'] === true) {
    throw new ContainerFailure('HostConfigError', 'Privileged containers are disabled on this instance');
  }
  return draft;
};
