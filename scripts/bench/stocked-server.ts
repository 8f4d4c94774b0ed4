// A control plane in a process of its own that has a fleet of tasks and instances from the start.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterArn, serviceArn } from '../../src/aws/ecs/state/arn.ts';
import { clusters } from '../../src/aws/ecs/state/cluster/clusters.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { FleetRows, fleetCluster, fleetScope } from './fleet-rows.ts';
import { openPlane } from './open-plane.ts';
import { startControlPlane, type RunningLongshore } from './running-longshore.ts';

export interface Stock {
  readonly instances: number;
  readonly tasks: number;
}

/** The family, startedBy and service of the few tasks that are there beside the stock. */
export const wanted = 'wanted';
const wantedTasks = 10;

export interface StockedServer extends RunningLongshore {
  /** ARNs of tasks of the stock, up to 100. */
  readonly taskArns: readonly string[];
}

/** Starts it; `stop` ends the process and removes its data. */
export async function startStocked(stock: Stock): Promise<StockedServer> {
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
  const remove = (): void => rmSync(data, { recursive: true });
  try {
    const taskArns = await fill(data, stock);
    const server = await startControlPlane(data);
    await furnish(server);
    return { ...server, taskArns, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function fill(directory: string, stock: Stock): Promise<readonly string[]> {
  const plane = await openPlane(directory);
  const rows = new FleetRows();
  const instances = Array.from({ length: stock.instances }, () => rows.instance());
  const others = Array.from({ length: stock.tasks }, (_, at) =>
    rows.task(at, instances[at % instances.length]!),
  );
  const few = Array.from({ length: wantedTasks }, (_, at) => ({
    ...rows.task(stock.tasks + at, instances[at % instances.length]!),
    family: wanted,
    startedBy: wanted,
    serviceArn: serviceArn(fleetScope, fleetCluster, wanted),
  }));
  plane.store.update((tx) => {
    tx.table(clusters).put({
      ...fleetScope,
      arn: clusterArn(fleetScope, fleetCluster),
      name: fleetCluster,
      status: 'ACTIVE',
      settings: [],
      tags: [],
    });
    for (const instance of instances) tx.table(containerInstances).put(instance);
    for (const task of [...others, ...few]) tx.table(tasks).put(task);
  });
  await plane.stop();
  return others.slice(0, 100).map(({ arn }) => arn);
}

/** The service that the wanted tasks are of, which nothing in Longshore keeps up, and task definitions. */
async function furnish({ call }: RunningLongshore): Promise<void> {
  const deploymentController = { type: 'EXTERNAL' };
  await call('CreateService', {
    cluster: fleetCluster,
    serviceName: wanted,
    desiredCount: 0,
    deploymentController,
  });
  for (let number = 0; number < 100; number++) {
    await call('RegisterTaskDefinition', aDefinition(`family-${number}`));
  }
}

/** A task definition as one registers it: one container with a port, a few variables and labels. */
export const aDefinition = (family: string): object => ({
  family,
  containerDefinitions: [
    {
      name: 'web',
      image: 'registry.example.com/team/web:2026-01-01',
      cpu: 128,
      memory: 256,
      portMappings: [{ containerPort: 80 }],
      environment: Array.from({ length: 5 }, (_, at) => ({ name: `NAME_${at}`, value: `value ${at}` })),
      dockerLabels: { team: 'web', stage: 'production' },
    },
  ],
});
