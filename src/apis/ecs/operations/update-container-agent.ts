// UpdateContainerAgent: says why the agent cannot be updated from here. Agents are installed with what runs them, and
// Longshore has no newer one to hand out.
import type { UpdateContainerAgentRequest, UpdateContainerAgentResponse } from '@aws-sdk/client-ecs';
import type { AgentUpdateStatus } from '../../../model/container-instance.ts';
import { registeredInstance } from '../container-instance/registered-instance.ts';
import type { EcsOperation } from '../ecs.ts';
import { agentUpdateInProgress, clientException, missingVersion, noUpdateAvailable } from '../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';

const inProgress: readonly (AgentUpdateStatus | undefined)[] = ['PENDING', 'STAGING', 'STAGED', 'UPDATING'];

export const updateContainerAgent: EcsOperation<UpdateContainerAgentRequest, UpdateContainerAgentResponse> = (
  ecs,
  input,
  call,
) =>
  ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const instance = registeredInstance(tx, cluster, input.containerInstance ?? '');
    if (instance.status === 'INACTIVE')
      throw clientException(`Container instance ${instance.id} is inactive.`);
    if (inProgress.includes(instance.agentUpdateStatus)) throw agentUpdateInProgress();
    throw instance.versionInfo.agentVersion ? noUpdateAvailable() : missingVersion();
  });
