// Marks updates of agents that take too long as failed: the agent is away, never answers, or never comes back from it.
import { agentUpdateDeadline, withUpdateStatus } from '../../state/instance/agent-update.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import type { Controller } from '../../../shared/loop.ts';

/** Its keys are the ARNs of container instances. */
export const agentUpdates: Controller = {
  name: 'agent-updates',
  watch: (store, enqueue) =>
    store.watch(containerInstances, (changes) => {
      for (const { key, before, after } of changes)
        if (before?.agentUpdate?.since !== after?.agentUpdate?.since) enqueue(key);
    }),
  allKeys: (store) =>
    store.view((tx) => Array.from(tx.table(containerInstances).by('agentUpdate', {}), ({ arn }) => arn)),
  sync: (arn, store, now) => {
    const instance = store.view((tx) => tx.table(containerInstances).get(arn));
    const deadline = instance && agentUpdateDeadline(instance);
    if (instance === undefined || deadline === undefined || deadline > now) return deadline;
    store.update((tx) => {
      tx.table(containerInstances).put(withUpdateStatus(instance, 'FAILED', now));
    });
    return undefined;
  },
};
