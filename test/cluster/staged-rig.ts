// A cluster with a service whose deployments go stage by stage, in few words, and checks of what must hold meanwhile.
import type { Deployment } from '../../src/aws/ecs/state/service/deployment/deployment.ts';
import {
  goesForward,
  type ServiceDeployment,
} from '../../src/aws/ecs/state/service/deployment/service-deployment.ts';
import { taskHealth } from '../../src/aws/ecs/state/task/task-health.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import type { Store } from '../../src/store/store.ts';
import { deployments } from '../../src/aws/ecs/state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../src/aws/ecs/state/service/deployment/service-deployments.ts';
import { services } from '../../src/aws/ecs/state/service/services.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { ServiceClient, type SeenService, type SeenServiceDeployment } from './service-client.ts';
import { SimulatedCluster, type ClusterOptions } from './simulated-cluster.ts';
import { SimulatedHooks } from './simulated-hooks.ts';
import { isAbandoned } from '../../src/aws/ecs/state/task/task-scheduling.ts';

export const minute = 60_000;

const healthyAfter = 40_000;
const healthCheckless = ({ lastStatus, startedAt, containers }: Task, now: number): boolean =>
  lastStatus === 'RUNNING' &&
  startedAt !== undefined &&
  (taskHealth(containers) === 'HEALTHY' ||
    (taskHealth(containers) === 'UNKNOWN' && startedAt + healthyAfter <= now));

export class StagedRig extends ServiceClient {
  readonly hooks: SimulatedHooks;
  /** The stages that the current deployments were seen at, in order, each once in a row. */
  readonly stages: string[] = [];
  /** The production weights of the target that were seen, in order, each once in a row. */
  readonly weights: number[] = [];

  #deploymentConfiguration: object = {};

  private constructor(cluster: SimulatedCluster, hooks: SimulatedHooks) {
    super(cluster);
    this.hooks = hooks;
  }

  static async open(options: Partial<ClusterOptions> = {}): Promise<StagedRig> {
    let hooks: SimulatedHooks | undefined;
    const cluster = await SimulatedCluster.open({
      seed: 1,
      hosts: 2,
      ...options,
      hooks: (of) => (hooks = new SimulatedHooks(of)),
    });
    const rig = new StagedRig(cluster, hooks!);
    rig.watch();
    return rig;
  }

  /** Watches the incarnation that runs now. */
  watch(): void {
    const { store } = this.cluster;
    store.watch(serviceDeployments, (changes) => {
      for (const { after } of changes) if (after) this.#seen(after);
    });
    store.watch(tasks, (changes) => {
      const told = changes.flatMap(({ before, after }) =>
        before?.desiredStatus === 'RUNNING' &&
        after?.desiredStatus === 'STOPPED' &&
        !isAbandoned(after) &&
        after.stopCode === 'ServiceSchedulerInitiated'
          ? [before]
          : [],
      );
      if (told.length > 0) this.#checkServing(store, told);
    });
  }

  #seen({ lifecycleStage, staged, status }: ServiceDeployment): void {
    const seen = (status === 'IN_PROGRESS' && lifecycleStage) || status;
    if (this.stages.at(-1) !== seen) this.stages.push(seen);
    const weight = staged?.productionWeight ?? 0;
    if (this.weights.at(-1) !== weight) this.weights.push(weight);
  }

  /** Whoever has production traffic never has fewer healthy tasks than wanted because one of them was told to stop. */
  #checkServing(store: Store, told: readonly Task[]): void {
    store.view((tx) => {
      const service = [...tx.table(services).all()].find(({ status }) => status === 'ACTIVE');
      if (!service) return;
      const [record] = tx
        .table(serviceDeployments)
        .by('arn', { arn: service.currentServiceDeploymentArn ?? '' });
      if (!record?.staged) return;
      const { productionWeight, sourceDeploymentId } = record.staged;
      const serving = [
        ...(productionWeight > 0 ? [record.deploymentId] : []),
        ...(productionWeight < 100 && sourceDeploymentId ? [sourceDeploymentId] : []),
      ];
      const now = this.cluster.clock.now();
      for (const id of serving) {
        if (!told.some((task) => task.deploymentId === id && healthCheckless(task, now))) continue;
        const healthy = [...tx.table(tasks).by('deploymentLive', { deploymentId: id })].filter(
          (task) => task.desiredStatus === 'RUNNING' && healthCheckless(task, now),
        ).length;
        if (healthy < service.desiredCount)
          this.cluster.invariants.violations.push(
            `${record.lifecycleStage}: ${id} serves with ${healthy} of ${service.desiredCount}`,
          );
      }
    });
  }

  /** A rolling service of `count` tasks of revision 1 that is stable, revision 2, and how `deploy` is to deploy it. */
  async begin(count: number, deploymentConfiguration: object): Promise<void> {
    this.#deploymentConfiguration = deploymentConfiguration;
    await this.register();
    await this.create(count);
    await this.stable();
    await this.register();
    this.stages.length = 0;
    this.weights.length = 0;
    this.hooks.calls.length = 0;
  }

  /** Begins to deploy the newest revision. */
  deploy(more: object = {}): Promise<unknown> {
    const deploymentConfiguration = this.#deploymentConfiguration;
    return this.update({ taskDefinition: 'web', deploymentConfiguration, ...more });
  }

  async current(): Promise<SeenServiceDeployment> {
    return (await this.history())[0]!;
  }

  /** The row of the current service deployment. */
  record(): ServiceDeployment {
    return this.cluster.store.view((tx) => {
      const [service] = tx.table(services).all();
      const [record] = tx
        .table(serviceDeployments)
        .by('arn', { arn: service?.currentServiceDeploymentArn ?? '' });
      return record!;
    });
  }

  deployments(): readonly Deployment[] {
    return this.cluster.store.view((tx) => [...tx.table(deployments).all()]);
  }

  /** Lets time pass until the deployment goes forward at this stage (and step). */
  async at(stage: string, step?: number): Promise<void> {
    await this.cluster.until(
      `${stage} comes`,
      () => {
        if (!this.cluster.controlPlane.isUp) return false;
        const record = this.record();
        if (!goesForward(record) || record.lifecycleStage !== stage) return false;
        return step === undefined || record.staged?.step === step;
      },
      120 * minute,
    );
  }

  /** Lets time pass until the deployment has ended, and answers it. */
  async ended(limit = 6 * 60 * minute): Promise<SeenServiceDeployment> {
    const open = ['PENDING', 'IN_PROGRESS', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'];
    const isOver = () => this.cluster.controlPlane.isUp && !open.includes(this.record().status);
    await this.cluster.until('the deployment ends', isOver, limit);
    return this.current();
  }

  /** As any service, only that its deployments take their time. */
  override stable(limit = 6 * 60 * minute): Promise<SeenService> {
    return super.stable(limit);
  }

  /** Answers the first hook that awaits an action. */
  async answer(action: 'CONTINUE' | 'ROLLBACK'): Promise<void> {
    const isProvisioning = () =>
      this.record().lifecycleHooks.some(({ status }) => status === 'AWAITING_ACTION');
    await this.cluster.until('a hook waits', isProvisioning, 120 * minute);
    const { arn, lifecycleHooks } = this.record();
    const { id } = lifecycleHooks.find(({ status }) => status === 'AWAITING_ACTION')!;
    await this.cluster.ask('ContinueServiceDeployment', { serviceDeploymentArn: arn, hookId: id, action });
  }

  async stop(): Promise<void> {
    const { arn } = this.record();
    await this.cluster.ask('StopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' });
  }

  madeOf(revision: number): number {
    return this.cluster.tasks.filter((task) => task.revision === revision).length;
  }

  kill(task: Task): void {
    this.cluster.hostOf(task).engine.fake.find('app', task.arn)?.exit(1);
  }

  /** The control plane dies and starts again. */
  async restart(): Promise<void> {
    this.cluster.controlPlane.crash();
    await this.cluster.clock.advance(5000);
    await this.cluster.startControlPlane();
    this.watch();
  }
}
