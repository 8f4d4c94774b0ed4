// The containers of a task definition's family that run, as the engine has them, now or all the while.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rig } from './rig.ts';

export interface RunningContainer {
  readonly id: string;
  readonly taskArn: string;
  /** Of the task definition. */
  readonly revision: number;
  /** Epoch ms. */
  readonly startedAt: number;
  /** What the engine makes of its health check; `none` without one. */
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
}

const prefix = 'com.amazonaws.ecs';

/** Those of `<rig>-<family>`, in the order of their ids. */
export async function runningContainers(rig: Rig, family: string): Promise<readonly RunningContainer[]> {
  const label = [rig.clusterLabel, `${prefix}.task-definition-family=${rig.name}-${family}`];
  const found = await rig.docker.listContainers({ filters: { label } });
  const looked = await Promise.all(found.map(({ Id }) => look(rig, Id)));
  return looked.filter((each) => each !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Nothing once it no longer runs. */
async function look(rig: Rig, id: string): Promise<RunningContainer | undefined> {
  const known = await rig.docker.getContainer(id).inspect();
  if (!known.State.Running) return undefined;
  return {
    id,
    taskArn: known.Config.Labels[`${prefix}.task-arn`]!,
    revision: Number(known.Config.Labels[`${prefix}.task-definition-version`]),
    startedAt: Date.parse(known.State.StartedAt),
    health: (known.State.Health?.Status ?? 'none') as RunningContainer['health'],
  };
}

/** Does `work` while looking every 100 ms, and once more after it; answers all that was seen, in order. */
export async function seenDuring<Seen>(
  look: () => Promise<Seen>,
  work: () => Promise<unknown>,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      seen.push(await look());
      await sleep(100);
    }
  })();
  await Promise.all([work().finally(() => over.abort()), looking]);
  return [...seen, await look()];
}
