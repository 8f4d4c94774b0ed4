// A service in a simulated cluster, spoken to and watched in few words.
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { containerLike, type BehaviourName } from './behaviours.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const minute = 60_000;

export interface SeenDeployment {
  readonly id: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly rolloutState: string;
  readonly rolloutStateReason: string;
}
export interface SeenTaskSet {
  readonly id: string;
  readonly status: string;
  readonly computedDesiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly stabilityStatus: string;
  readonly stabilityStatusAt: number;
}
export interface SeenServiceDeployment {
  readonly status: string;
  readonly statusReason?: string;
  readonly rollback?: { readonly reason: string; readonly serviceRevisionArn: string };
  readonly deploymentCircuitBreaker: {
    readonly status: string;
    readonly failureCount: number;
    readonly threshold: number;
  };
  readonly lifecycleStage?: string;
  readonly lifecycleHookDetails?: readonly {
    readonly hookId: string;
    readonly status: string;
    readonly targetArn?: string;
  }[];
  readonly sourceServiceRevisions: readonly SeenRevision[];
  readonly targetServiceRevision: SeenRevision;
}
interface SeenRevision {
  readonly arn: string;
  readonly requestedProductionTrafficWeight?: number;
  readonly requestedTestTrafficWeight?: number;
}
export interface SeenService {
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly taskDefinition?: string;
  readonly currentServiceDeployment?: string;
  readonly currentServiceRevisions: readonly { readonly arn: string }[];
  readonly deployments: readonly SeenDeployment[];
  readonly taskSets: readonly SeenTaskSet[];
  readonly events: readonly { readonly message: string }[];
}

export class ServiceClient {
  readonly cluster: SimulatedCluster;
  readonly #name: string;

  /** `name` is the service's and the family's. */
  constructor(cluster: SimulatedCluster, name = 'web') {
    this.cluster = cluster;
    this.#name = name;
  }

  /** `more` is of the container, `definition` of the task definition. */
  register(
    behaviour: BehaviourName = 'server',
    more: object = {},
    definition: object = {},
  ): Promise<unknown> {
    return this.cluster.ask('RegisterTaskDefinition', {
      family: this.#name,
      containerDefinitions: [containerLike(behaviour, 'app', { stopTimeout: 5, ...more })],
      ...definition,
    });
  }

  create(desiredCount: number | undefined, more: object = {}): Promise<unknown> {
    const input = { serviceName: this.#name, taskDefinition: this.#name, desiredCount, ...more };
    return this.cluster.ask('CreateService', input);
  }

  update(more: object): Promise<unknown> {
    return this.cluster.ask('UpdateService', { service: this.#name, ...more });
  }

  async describe(): Promise<SeenService> {
    const { services } = await this.cluster.ask<{ services: SeenService[] }>('DescribeServices', {
      services: [this.#name],
    });
    return services[0]!;
  }

  /** Its service deployments, the newest first. */
  async history(): Promise<readonly SeenServiceDeployment[]> {
    const { serviceDeployments: listed } = await this.cluster.ask<{
      serviceDeployments: { serviceDeploymentArn: string }[];
    }>('ListServiceDeployments', { service: this.#name });
    const { serviceDeployments } = await this.cluster.ask<{ serviceDeployments: SeenServiceDeployment[] }>(
      'DescribeServiceDeployments',
      { serviceDeploymentArns: listed.map(({ serviceDeploymentArn }) => serviceDeploymentArn) },
    );
    return serviceDeployments;
  }

  /** Lets time pass until the waiter services-stable would return and the deployment has completed. */
  async stable(limit = 30 * minute): Promise<SeenService> {
    const end = this.cluster.clock.now() + limit;
    for (;;) {
      const now = await this.describe();
      const [only, second] = now.deployments;
      const isStable =
        second === undefined && only?.rolloutState === 'COMPLETED' && now.runningCount === now.desiredCount;
      if (isStable && now.pendingCount === 0) return now;
      if (this.cluster.clock.now() >= end) throw new Error(`never stable: ${JSON.stringify(now, null, 1)}`);
      await this.cluster.clock.advance(1000);
    }
  }

  async said(): Promise<readonly string[]> {
    return saidBy(await this.describe());
  }

  /** Its tasks that nobody has told to stop. */
  wanted(): readonly Task[] {
    return this.cluster.tasks.filter(
      (task) =>
        task.group === `service:${this.#name}` &&
        task.desiredStatus === 'RUNNING' &&
        task.lastStatus !== 'STOPPED',
    );
  }

  /** Of a revision of the task definition. */
  wantedOf(revision: number): readonly Task[] {
    return this.wanted().filter((task) => task.revision === revision);
  }

  wantedOn(host: SimulatedHost): readonly Task[] {
    return this.wanted().filter(({ containerInstanceArn }) => containerInstanceArn === host.instanceArn);
  }
}

/** A service's events, oldest first, ids replaced. */
export const saidBy = ({ events }: Pick<SeenService, 'events'>): readonly string[] =>
  events
    .map(({ message }) =>
      message
        .replace(/\(task \w+\)/g, '(task)')
        .replace(/ecs-svc\/\d+/g, 'id')
        .replace(/\(container-instance \w+\)/g, '(instance)'),
    )
    .reverse();

/** How many containers run on a host, whoever wants them. */
export const containersOn = (host: SimulatedHost): number =>
  host.engine.containers.filter(({ status }) => status === 'running').length;

/** The same of all hosts. */
export const containersIn = ({ hosts }: SimulatedCluster): number =>
  hosts.reduce((sum, host) => sum + containersOn(host), 0);
