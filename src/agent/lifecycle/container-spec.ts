// Builds what the engine is asked to create for a container: every hook in order, each adding its part. Pure.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import type { AgentConfig } from '../config/config.ts';
import { commandOverride } from '../engine/docker-config.ts';
import { environmentHook } from '../hooks/environment.ts';
import { gpusHook } from '../hooks/gpus.ts';
import { healthCheckHook } from '../hooks/health-check.ts';
import type { Draft, Hook } from '../hooks/hook.ts';
import { labelsHook } from '../hooks/labels.ts';
import { linksHook } from '../hooks/links.ts';
import { logsHook } from '../hooks/logs.ts';
import { networkHook } from '../hooks/network.ts';
import { overlayHook } from '../hooks/overlay.ts';
import { privilegedHook } from '../hooks/privileged.ts';
import { resourcesHook } from '../hooks/resources.ts';
import { taskLimitsHook } from '../hooks/task-limits.ts';
import { volumesHook } from '../hooks/volumes.ts';
import { containerOf, type KnownTask } from '../task/known-task.ts';
import type { ContainerSpec } from '../engine/runtime.ts';

/** What follows `overlayHook` has the last word over the control plane's own JSON. */
const hooks: readonly Hook[] = [
  resourcesHook,
  taskLimitsHook,
  networkHook,
  linksHook,
  volumesHook,
  environmentHook,
  overlayHook,
  gpusHook,
  healthCheckHook,
  logsHook,
  privilegedHook,
  labelsHook,
];

/**
 * The container as the engine gets it, from an image that sets `imageVariables`; throws a ContainerFailure where it cannot be
 * described.
 */
export function containerSpec(
  known: KnownTask,
  container: PayloadContainer,
  config: AgentConfig,
  imageVariables: readonly string[] = [],
): ContainerSpec {
  const context = { container, known, config, imageVariables };
  const draft = hooks.reduce((made, hook) => hook(made, context), ownDraft(container));
  return { name: containerOf(known, container.name).runtimeName, image: container.image, ...draft };
}

function ownDraft(container: PayloadContainer): Draft {
  const command = commandOverride(container) ?? container.command;
  return {
    config: {
      ...(command?.length && { Cmd: command }),
      ...(container.entryPoint?.length && { Entrypoint: container.entryPoint }),
    },
    hostConfig: {},
  };
}
