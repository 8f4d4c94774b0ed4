// What the crash tests read of a cluster from outside: from Docker, and over the API.
import { until, type Rig } from '../docker/rig.ts';
import { describeTasks } from './ledger.ts';

/** Docker's start time of each container of the cluster that runs, by id. */
export async function startTimes(rig: Rig): Promise<ReadonlyMap<string, string>> {
  const found = await rig.docker.listContainers({ filters: { label: [rig.clusterLabel] } });
  const states = await Promise.all(found.map(({ Id }) => rig.docker.getContainer(Id).inspect()));
  return new Map(states.map(({ Id, State }) => [Id, State.StartedAt]));
}

/** Waits until every task of two containers runs or has stopped, as it should; answers the ARNs of those that run. */
export function settled(rig: Rig): Promise<ReadonlySet<string>> {
  return until(async () => {
    const wanted = await rig.taskArns('RUNNING');
    const arns = [...wanted, ...(await rig.taskArns('STOPPED'))];
    const tasks = [...(await describeTasks(rig.ecs, rig.name, arns)).values()];
    const late = tasks.filter(({ lastStatus, desiredStatus }) => lastStatus !== desiredStatus);
    const running = (await startTimes(rig)).size;
    if (late.length > 0 || running !== wanted.length * 2) {
      throw new Error(`${running} containers for ${wanted.length} tasks; late: ${JSON.stringify(late)}`);
    }
    return new Set(wanted);
  });
}
