// UpdateContainerAgent: has the agent of an instance updated to the version that the operator offers. The agent link does it.
import { hexId } from '../../../../lib/ids.ts';
import { isAgentUpdating, isNewer, withAgentUpdate } from '../../state/instance/agent-update.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { registeredInstance } from './registered-instance.ts';
import type { EcsOperation } from '../../ecs.ts';
import { agentUpdateInProgress, clientException, missingVersion, noUpdateAvailable } from '../../errors.ts';
import { presentContainerInstance } from '../../present/container-instance.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const updateContainerAgent: EcsOperation<'UpdateContainerAgent'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const instance = registeredInstance(tx, cluster, input.containerInstance ?? '');
    if (instance.status === 'INACTIVE')
      throw clientException(`Container instance ${instance.id} is inactive.`);
    if (isAgentUpdating(instance)) throw agentUpdateInProgress();
    const { agentVersion } = instance.versionInfo;
    if (!agentVersion) throw missingVersion();
    const { agentRelease } = ecs;
    if (!agentRelease || !isNewer(agentRelease, agentVersion)) throw noUpdateAvailable();
    const updated = tx
      .table(containerInstances)
      .put(withAgentUpdate(instance, agentRelease, hexId(ecs.random), call.now));
    return { containerInstance: presentContainerInstance(tx, updated, false) };
  });
