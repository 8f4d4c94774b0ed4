// A service `web` in a simulated cluster, spoken to and watched in few words.
import type { Task } from '../../src/model/task.ts';
import { containerLike, type BehaviourName } from './behaviours.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const minute = 60_000;

export interface SeenDeployment {
  readonly id: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly runningCount: number;
  readonly rolloutState: string;
}
export interface SeenService {
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly deployments: readonly SeenDeployment[];
  readonly events: readonly { readonly message: string }[];
}

export class ServiceClient {
  readonly #cluster: SimulatedCluster;

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster;
  }

  register(behaviour: BehaviourName, more: object = {}): Promise<unknown> {
    return this.#cluster.ask('RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [containerLike(behaviour, 'app', { stopTimeout: 5, ...more })],
    });
  }

  create(desiredCount: number | undefined, more: object = {}): Promise<unknown> {
    const input = { serviceName: 'web', taskDefinition: 'web', desiredCount, ...more };
    return this.#cluster.ask('CreateService', input);
  }

  update(more: object): Promise<unknown> {
    return this.#cluster.ask('UpdateService', { service: 'web', ...more });
  }

  async describe(): Promise<SeenService> {
    const { services } = await this.#cluster.ask<{ services: SeenService[] }>('DescribeServices', {
      services: ['web'],
    });
    return services[0]!;
  }

  /** Lets time pass until the waiter services-stable would return and the deployment has completed. */
  async stable(limit = 30 * minute): Promise<SeenService> {
    const end = this.#cluster.clock.now() + limit;
    for (;;) {
      const now = await this.describe();
      const [only, second] = now.deployments;
      const isStable =
        second === undefined && only?.rolloutState === 'COMPLETED' && now.runningCount === now.desiredCount;
      if (isStable && now.pendingCount === 0) return now;
      if (this.#cluster.clock.now() >= end) throw new Error(`never stable: ${JSON.stringify(now, null, 1)}`);
      await this.#cluster.clock.advance(1000);
    }
  }

  /** Its events, oldest first, ids replaced. */
  async said(): Promise<readonly string[]> {
    const { events } = await this.describe();
    return events
      .map(({ message }) =>
        message
          .replace(/\(task \w+\)/g, '(task)')
          .replace(/ecs-svc\/\d+/g, 'id')
          .replace(/\(container-instance \w+\)/g, '(instance)'),
      )
      .reverse();
  }

  /** Its tasks that nobody has told to stop. */
  wanted(): readonly Task[] {
    return this.#cluster.tasks.filter(
      (task) =>
        task.serviceArn !== undefined && task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED',
    );
  }

  wantedOn(host: SimulatedHost): readonly Task[] {
    return this.wanted().filter(({ containerInstanceArn }) => containerInstanceArn === host.instanceArn);
  }
}

/** How many containers run on a host, whoever wants them. */
export const containersOn = (host: SimulatedHost): number =>
  host.engine.containers.filter(({ status }) => status === 'running').length;
