// What tests of services begin with: a cluster with a task definition, and calls in few words.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type Service,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { seededRandom } from '../src/lib/random.ts';
import { clusterArn, serviceArn } from '../src/aws/ecs/state/arn.ts';
import type { Deployment } from '../src/aws/ecs/state/service/deployment/deployment.ts';
import type { Task } from '../src/aws/ecs/state/task/task.ts';
import type { TaskSet as StoredTaskSet } from '../src/aws/ecs/state/service/task-set/task-set.ts';
import { recordServiceEvent } from '../src/aws/ecs/state/service/record-service-event.ts';
import { retireService } from '../src/aws/ecs/state/service/retire-service.ts';
import type { ControlPlaneOptions } from '../src/server/control-plane.ts';
import { deployments } from '../src/aws/ecs/state/service/deployment/deployments.ts';
import { services } from '../src/aws/ecs/state/service/services.ts';
import { taskSets } from '../src/aws/ecs/state/service/task-set/task-sets.ts';
import { tasks } from '../src/aws/ecs/state/task/tasks.ts';
import { EcsRig } from './ecs-rig.ts';
import { aScope } from './builders/a-scope.ts';
import { aTask } from './builders/a-task.ts';

export const taskDefinition = (revision: number): string =>
  `arn:aws:ecs:us-east-1:000000000000:task-definition/web:${revision}`;

const web = serviceArn(aScope, 'default', 'web');

export class ServiceRig {
  readonly ecs: EcsRig;
  readonly #random = seededRandom(11);

  constructor(ecs: EcsRig) {
    this.ecs = ecs;
  }

  /** Cluster `default` with `web:1` and `web:2`. */
  static async open(options: Partial<ControlPlaneOptions> = {}): Promise<ServiceRig> {
    const rig = new ServiceRig(await EcsRig.open(options));
    await rig.send(new CreateClusterCommand({}));
    for (const image of ['busybox:1', 'busybox:2']) {
      const container = { name: 'app', image, memory: 64, portMappings: [{ containerPort: 80 }] };
      await rig.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [container] }));
    }
    return rig;
  }

  get send(): EcsRig['ecs']['send'] {
    return this.ecs.ecs.send.bind(this.ecs.ecs);
  }

  /** Service `web` of two tasks of `web:1`, but for what is given. */
  async create(given: Partial<CreateServiceCommandInput> = {}): Promise<Service> {
    const input = { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 2, ...given };
    return (await this.send(new CreateServiceCommand(input))).service!;
  }

  async update(input: Partial<UpdateServiceCommandInput>): Promise<Service> {
    return (await this.send(new UpdateServiceCommand({ service: 'web', ...input }))).service!;
  }

  async delete(options: { service?: string; force?: boolean } = {}): Promise<Service> {
    return (await this.send(new DeleteServiceCommand({ service: 'web', ...options }))).service!;
  }

  async describe(service = 'web'): Promise<Service> {
    const { services } = await this.send(
      new DescribeServicesCommand({ services: [service], include: ['TAGS'] }),
    );
    return services![0]!;
  }

  /** Puts a task of service `web` on record, as the service's controller would start it. */
  task(id: string, deploymentId: string, fields: Partial<Task> = {}): Task {
    return this.ecs.controlPlane.store.update((tx) =>
      tx.table(tasks).put(
        aTask({
          id,
          clusterArn: clusterArn(aScope, 'default'),
          serviceArn: web,
          deploymentId,
          startedBy: deploymentId,
          group: 'service:web',
          ...fields,
        }),
      ),
    );
  }

  /** Records an event of service `web`. */
  event(message: string, at: number): void {
    this.ecs.controlPlane.store.update((tx) => recordServiceEvent(tx, this.#random, web, message, at));
  }

  /** Takes a task off the record. */
  forget(task: Task): void {
    this.ecs.controlPlane.store.update((tx) => tx.table(tasks).delete(task.arn));
  }

  /** What the service's controller does once a task of a deleted service is gone. */
  retire(): void {
    this.ecs.controlPlane.store.update((tx) =>
      retireService(tx, tx.table(services).get(web)!, Date.UTC(2026, 0, 1)),
    );
  }

  /** Changes a deployment's row, as the service's controller would. */
  deployment(id: string, fields: Partial<Deployment>): void {
    this.ecs.controlPlane.store.update((tx) => {
      const table = tx.table(deployments);
      const [row] = table.by('id', { id });
      table.put({ ...row!, ...fields });
    });
  }

  /** The same of a task set. */
  taskSet(id: string, fields: Partial<StoredTaskSet>): void {
    this.ecs.controlPlane.store.update((tx) => {
      const table = tx.table(taskSets);
      const [row] = table.by('id', { id });
      table.put({ ...row!, ...fields });
    });
  }
}
