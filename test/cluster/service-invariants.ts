// Watches a service at every change of its tasks, and notes when it leaves its bounds by its own doing: the percents of a
// service or a task set, one task of a daemon on an instance.
import type { Service } from '../../src/aws/ecs/state/service/service.ts';
import type { ServiceDeployment } from '../../src/aws/ecs/state/service/deployment/service-deployment.ts';
import { taskHealth } from '../../src/aws/ecs/state/task/task-health.ts';
import { computedDesiredCount } from '../../src/aws/ecs/state/service/task-set/task-set.ts';
import { isProvisioning, type Task } from '../../src/aws/ecs/state/task/task.ts';
import { serviceRequirements } from '../../src/aws/ecs/scheduler/placement/service-requirements.ts';
import { meetsConstraints } from '../../src/aws/ecs/scheduler/placement/meets-constraints.ts';
import { definitionOf } from '../../src/aws/ecs/state/task-definition/definition-of.ts';
import { instanceUsage } from '../../src/aws/ecs/state/instance/usage-of-instance.ts';
import { lostSince } from '../../src/aws/ecs/state/instance/lost-instance.ts';
import type { ReadTransaction, Store } from '../../src/store/store.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { services } from '../../src/aws/ecs/state/service/services.ts';
import { deployments } from '../../src/aws/ecs/state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../src/aws/ecs/state/service/deployment/service-deployments.ts';
import { taskSets } from '../../src/aws/ecs/state/service/task-set/task-sets.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { taskBounds } from '../../src/aws/ecs/scheduler/service/minimum-and-maximum-percent.ts';
import { isAbandoned } from '../../src/aws/ecs/state/task/task-scheduling.ts';

/** The control plane's own default, ms: a task without health checks is healthy after this. */
const healthyAfter = 40_000;

const isWanted = (task: Task): boolean => task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED';

export class ServiceInvariants {
  /** The most tasks that were wanted once one was made, and the fewest healthy ones left once one was told to stop. */
  maxTasks = 0;
  minTasks = Infinity;
  readonly #now: () => number;
  readonly #note: (violation: string) => void;
  readonly #isChecked: (task: Task) => boolean;

  /** `isChecked`: whether the task has a health check, and so is not healthy by its age. */
  constructor(
    now: () => number,
    note: (violation: string) => void,
    isChecked: (task: Task) => boolean = () => false,
  ) {
    this.#now = now;
    this.#note = note;
    this.#isChecked = isChecked;
  }

  /** From now on watches this incarnation of the store. */
  attach(store: Store): void {
    store.watch(serviceDeployments, (changes) => {
      const back = changes.flatMap(({ before, after }) =>
        !before?.rollback && after?.rollback ? after : [],
      );
      for (const one of back) store.view((tx) => this.#checkRollback(tx, one));
    });
    store.watch(tasks, (changes) => {
      const touched = new Set(changes.map(({ before, after }) => (after ?? before)?.serviceArn));
      for (const arn of touched) {
        if (arn === undefined) continue;
        const mine = changes.filter(({ after }) => after?.serviceArn === arn);
        const told = mine.flatMap(({ before, after }) =>
          before && after && wasTold(before, after) ? before : [],
        );
        for (const task of told) this.#checkProtection(store, arn, task);
        const made = mine.flatMap(({ before, after }) => (before === undefined && after ? after : []));
        this.#look(store, arn, told, made);
      }
    });
  }

  /** What goes back goes back to tasks that are still there, not to new ones in their place. */
  #checkRollback(tx: ReadTransaction, { serviceArn, rollback }: ServiceDeployment): void {
    const table = tx.table(deployments);
    const left = [...table.by('listedRevision', { revisionArn: rollback!.revisionArn })].filter(
      ({ id }) =>
        id !== rollback!.deploymentId && tx.table(tasks).count('deploymentLive', { deploymentId: id }) > 0,
    );
    const [taken] = table.by('id', { id: rollback!.deploymentId! });
    if (taken?.createdAt === rollback!.startedAt && left.length > 0)
      this.#note(`${serviceArn} goes back by a new deployment, though tasks of ${left[0]!.id} are there`);
  }

  #look(store: Store, arn: string, told: readonly Task[], made: readonly Task[]): void {
    store.view((tx) => {
      const service = tx.table(services).get(arn)!;
      const wanted = [...tx.table(tasks).by('serviceLive', { serviceArn: arn })].filter(isWanted);
      if (service.schedulingStrategy === 'DAEMON') this.#checkDaemon(tx, service, wanted, told);
      else if (service.deploymentController === 'EXTERNAL') this.#checkTaskSets(tx, service, wanted, told);
      else this.#checkPercents(tx, service, wanted, told, made);
      const primaries = [...tx.table(deployments).by('service', { serviceArn: arn })].filter(
        ({ status }) => status === 'PRIMARY',
      ).length;
      if (primaries > 1) this.#note(`${service.name} has ${primaries} PRIMARY deployments`);
    });
  }

  #checkProtection(store: Store, serviceArn: string, task: Task): void {
    const service = store.view((tx) => tx.table(services).get(serviceArn))!;
    if (service.status === 'ACTIVE' && (task.protectedUntil ?? 0) > this.#now())
      this.#note(`${service.name} stopped a task that is protected`);
  }

  #checkPercents(
    tx: ReadTransaction,
    service: Service,
    wanted: readonly Task[],
    told: readonly Task[],
    made: readonly Task[],
  ): void {
    const bounds = taskBounds(service.deploymentConfiguration, service.desiredCount);
    if (made.length > 0) this.#checkMost(tx, service, wanted, made, bounds.maximum);
    if (told.some((task) => this.#isHealthy(task)))
      this.#checkFewest(service, this.#healthyOf(wanted), bounds.minimum);
  }

  /** Tasks on instances that drain, or that the constraints exclude by now, count for nothing: they go. */
  #checkDaemon(tx: ReadTransaction, service: Service, wanted: readonly Task[], told: readonly Task[]): void {
    const { minimum } = taskBounds(service.deploymentConfiguration, service.desiredCount);
    const mayStay = (task: Task): boolean => {
      const instance = tx.table(containerInstances).get(task.containerInstanceArn ?? '');
      if (instance?.status !== 'ACTIVE') return false;
      return meetsConstraints(serviceRequirements(service, definitionOf(tx, task)!))(
        instanceUsage(tx, instance),
      );
    };
    this.maxTasks = Math.max(this.maxTasks, wanted.length);
    if (told.some((task) => this.#isHealthy(task) && mayStay(task)))
      this.#checkFewest(service, this.#healthyOf(wanted.filter(mayStay)), minimum);
    const live = [...tx.table(tasks).by('clusterLive', { clusterArn: service.clusterArn })].filter(
      ({ serviceArn }) => serviceArn === service.arn,
    );
    for (const [arn, there] of Map.groupBy(live, (task) => task.containerInstanceArn))
      if (there.length > 1) this.#note(`${service.name} has ${there.length} tasks on ${arn}`);
  }

  #checkTaskSets(
    tx: ReadTransaction,
    service: Service,
    wanted: readonly Task[],
    told: readonly Task[],
  ): void {
    for (const { id, scale } of tx.table(taskSets).by('service', { serviceArn: service.arn })) {
      const ofSet = ({ deploymentId }: Task): boolean => deploymentId === id;
      const share = computedDesiredCount(scale, service.desiredCount);
      const { minimum } = taskBounds(service.deploymentConfiguration, share);
      const now = wanted.filter(ofSet);
      if (told.filter(ofSet).some((task) => this.#isHealthy(task)))
        this.#checkFewest(service, this.#healthyOf(now), minimum);
    }
  }

  #healthyOf(wanted: readonly Task[]): number {
    return wanted.filter((task) => this.#isHealthy(task)).length;
  }

  /** All deployments together; of a service that deploys by stages each by itself, as two whole fleets stand side by side. */
  #checkMost(
    tx: ReadTransaction,
    service: Service,
    wanted: readonly Task[],
    made: readonly Task[],
    maximum: number,
  ): void {
    this.maxTasks = Math.max(this.maxTasks, wanted.length);
    const isLost = ({ containerInstanceArn = '' }: Task): boolean =>
      lostSince(tx, containerInstanceArn) !== undefined;
    const fleetOf = ({ deploymentId = '' }: Task): string =>
      service.deploymentConfiguration.strategy === 'ROLLING' ? 'all' : deploymentId;
    for (const fleet of new Set(made.map(fleetOf))) {
      const mine = wanted.filter((task) => fleetOf(task) === fleet);
      // One on a lost host counts no more, but is not abandoned while what is to replace it waits for capacity.
      const twice = Math.min(mine.filter(isLost).length, mine.filter(isProvisioning).length);
      if (mine.length - twice > maximum)
        this.#note(`${service.name} started to have ${textOf(mine)} of ${maximum}`);
    }
  }

  #checkFewest({ name, status }: Service, healthy: number, minimum: number): void {
    this.minTasks = Math.min(this.minTasks, healthy);
    if (status === 'ACTIVE' && healthy < minimum)
      this.#note(`${name} stopped a task to have ${healthy} healthy ones of ${minimum}`);
  }

  #isHealthy(task: Task): boolean {
    const { lastStatus, startedAt, containers } = task;
    if (lastStatus !== 'RUNNING' || startedAt === undefined) return false;
    const health = taskHealth(containers);
    if (health !== 'UNKNOWN') return health === 'HEALTHY';
    return !this.#isChecked(task) && startedAt + healthyAfter <= this.#now();
  }
}

/** By the scheduler, not because it ended by itself. */
const wasTold = (before: Task, after: Task): boolean =>
  before.desiredStatus === 'RUNNING' &&
  after.desiredStatus === 'STOPPED' &&
  !isAbandoned(after) &&
  after.stopCode === 'ServiceSchedulerInitiated';

const textOf = (some: readonly Task[]): string => {
  const each = some.map(({ revision, lastStatus }) => `${revision} ${lastStatus}`).toSorted();
  return `${some.length} tasks (${each.join(', ')})`;
};
