// What tests of services begin with: a cluster with a task definition, and calls in few words.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type Service,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { seededRandom } from '../src/lib/random.ts';
import { serviceArn } from '../src/aws/ecs/state/arn.ts';
import { recordServiceEvent } from '../src/aws/ecs/state/service/record-service-event.ts';
import type { ControlPlaneOptions } from '../src/server/control-plane.ts';
import { EcsRig } from './ecs-rig.ts';
import { aScope } from './builders/a-scope.ts';

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

  /** Lets the services' controllers do what is due; they start tasks where there are instances. */
  async settle(ms = 1000): Promise<void> {
    await this.ecs.clock.advance(ms);
  }

  /** The ARNs of a service's tasks that are to run. */
  async tasks(serviceName = 'web'): Promise<string[]> {
    return (await this.send(new ListTasksCommand({ serviceName }))).taskArns!;
  }

  /** The agent of each of the tasks says that it runs. */
  async run(...tasks: readonly string[]): Promise<void> {
    for (const task of tasks)
      await this.ecs.report(task, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
  }

  /** The agent of each of the tasks says that it has ended, as it does after it was told to stop it. */
  async end(...tasks: readonly string[]): Promise<void> {
    for (const task of tasks)
      await this.ecs.report(task, 'STOPPED', [{ containerName: 'app', status: 'STOPPED', exitCode: 143 }]);
  }

  /** The agents say of each of the service's tasks that is to stop that it has ended. */
  async endStopping(serviceName = 'web'): Promise<void> {
    const input = { serviceName, desiredStatus: 'STOPPED' } as const;
    const { taskArns } = await this.send(new ListTasksCommand(input));
    if (taskArns!.length === 0) return;
    const { tasks } = await this.send(new DescribeTasksCommand({ tasks: taskArns }));
    const stopping = tasks!.filter(({ lastStatus }) => lastStatus !== 'STOPPED');
    await this.end(...stopping.map(({ taskArn }) => taskArn!));
  }

  /** Records an event of service `web`. */
  event(message: string, at: number): void {
    this.ecs.controlPlane.store.update((tx) => recordServiceEvent(tx, this.#random, web, message, at));
  }
}
