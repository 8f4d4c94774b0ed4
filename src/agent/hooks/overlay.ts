// The control plane's own Config and HostConfig, whose fields win over what the agent computed.
import { configOverlay, hostConfigOverlay } from '../engine/docker-config.ts';
import { ContainerFailure, messageOf } from '../engine/container-failure.ts';
import { withConfig, withHostConfig, type Hook } from './hook.ts';

export const overlayHook: Hook = (draft, { container }) => {
  try {
    return withHostConfig(withConfig(draft, configOverlay(container)), hostConfigOverlay(container));
  } catch (error) {
    throw new ContainerFailure('DockerClientConfigError', messageOf(error));
  }
};
