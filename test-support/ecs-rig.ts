// A whole control plane in memory, spoken to by the AWS SDK and by an agent's own calls.
import type { ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterContainerInstanceCommand,
  SubmitTaskStateChangeCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { HealthStatus } from '../src/agent-protocol/container-report.ts';
import { silentLog } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { connectAgent, connectTelemetry, type RecordingAgent } from './recording-agent.ts';
import { flushPromises, VirtualClock } from './virtual-clock.ts';
import {
  createControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from '../src/server/control-plane.ts';
import { parseEcsArn } from '../src/aws/ecs/state/arn.ts';
import { heldKey } from '../src/server/master-key.ts';
import { MemoryJournal } from '../src/store/journal/memory-journal.ts';
import { observeAnswer } from './observed-answers.ts';
import { sdkClient, sdkClientOf, type AnyClient, type ClientConfig } from './sdk-client.ts';

export const account = '000000000000';
export const arnPrefix = `arn:aws:ecs:us-east-1:${account}`;

export class EcsRig {
  readonly clock: VirtualClock;
  readonly controlPlane: ControlPlane;
  readonly ecs: ECSClient;
  readonly #agents = new Map<string, RecordingAgent>();

  constructor(controlPlane: ControlPlane, clock: VirtualClock) {
    this.clock = clock;
    this.controlPlane = controlPlane;
    this.ecs = sdkClient(controlPlane.handle, controlPlane.administrator, { clock });
  }

  static async open(
    options: Partial<ControlPlaneOptions> = {},
    clock: VirtualClock = new VirtualClock(),
  ): Promise<EcsRig> {
    const controlPlane = await createControlPlane({
      journal: new MemoryJournal({ durability: 'immediate' }),
      clock,
      random: seededRandom(7),
      masterKey: heldKey(new Uint8Array(32).fill(7)),
      log: silentLog,
      accountId: account,
      baseUrl: () => 'http://127.0.0.1:4566',
      stoppedTaskRetention: 3_600_000,
      observe: observeAnswer,
      ...options,
    });
    return new EcsRig(controlPlane, clock);
  }

  /** Another region's view of the same account. */
  client(region: string): ECSClient {
    return sdkClient(this.controlPlane.handle, this.controlPlane.administrator, {
      clock: this.clock,
      region,
    });
  }

  /** A client of another service, as the administrator. */
  clientOf<Client extends AnyClient>(
    Client: new (config: ClientConfig) => Client,
    region = 'us-east-1',
  ): Client {
    const { handle, administrator } = this.controlPlane;
    return sdkClientOf(Client, handle, administrator, { clock: this.clock, region });
  }

  /** Registers an instance, connected unless told otherwise, and answers its ARN. */
  async instance(
    options: {
      cluster?: string;
      cpu?: number;
      memory?: number;
      connected?: boolean;
      /** `name`, or `name=value`. */
      attributes?: string[];
      /** Its Availability Zone, which only agents may tell. */
      zone?: string;
      gpuIds?: string[];
    } = {},
  ): Promise<string> {
    const { cluster = 'default', cpu = 2048, memory = 4096, connected = true } = options;
    const { attributes = [], zone, gpuIds = [] } = options;
    const { containerInstance } = await this.ecs.send(
      new RegisterContainerInstanceCommand({
        cluster,
        totalResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: cpu },
          { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
          { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '2375', '2376', '51678', '51679'] },
          { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
        ],
        attributes: [
          ...attributes.map(parseAttribute),
          ...(zone === undefined ? [] : [{ name: 'ecs.availability-zone', value: zone }]),
        ],
        platformDevices: gpuIds.map((id) => ({ id, type: 'GPU' })),
      }),
    );
    const arn = containerInstance!.containerInstanceArn!;
    if (connected) this.connect(arn);
    return arn;
  }

  /** Connects an agent of the instance, which says nothing; one of protocol version 1 is not dropped for that. */
  connect(containerInstanceArn: string, { name, address }: { name?: string; address?: string } = {}): void {
    const { accountId, region } = parseEcsArn(containerInstanceArn)!;
    const query = {
      containerInstanceArn,
      protocolVersion: '1',
      ...(name !== undefined && { hostName: name }),
    };
    this.#agents.set(
      containerInstanceArn,
      connectAgent(this.controlPlane.link, { accountId, region }, query, address),
    );
  }

  /** The connection of the instance's agent breaks. */
  async disconnect(containerInstanceArn: string): Promise<void> {
    this.#agents.get(containerInstanceArn)!.close();
    await flushPromises();
  }

  /** Does something while of all agents only those of these instances are connected, so that tasks begin there alone. */
  async withOnly<T>(instances: readonly string[], run: () => Promise<T>): Promise<T> {
    const away = [...this.#agents.keys()].filter((arn) => !instances.includes(arn));
    for (const arn of away) await this.disconnect(arn);
    const answer = await run();
    for (const arn of away) this.connect(arn);
    return answer;
  }

  /**
   * Scales a service up round by round: by one task on each instance of the round, which then run. Answers their ARNs in that
   * order; throws where the service's strategy puts them elsewhere.
   */
  async growService(service: string, rounds: readonly (readonly string[])[]): Promise<string[]> {
    const all: string[] = [];
    for (const round of rounds) {
      const desiredCount = all.length + round.length;
      await this.withOnly(round, async () => {
        await this.ecs.send(new UpdateServiceCommand({ service, desiredCount }));
        await this.clock.advance(1000);
      });
      all.push(...(await this.#newTasks(service, all, round)));
    }
    for (const task of all) await this.report(task, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
    return all;
  }

  async #newTasks(service: string, known: readonly string[], round: readonly string[]): Promise<string[]> {
    const { taskArns } = await this.ecs.send(new ListTasksCommand({ serviceName: service }));
    const arns = taskArns!.filter((arn) => !known.includes(arn));
    const { tasks } = await this.ecs.send(new DescribeTasksCommand({ tasks: arns }));
    return round.map((instance) => {
      const task = tasks!.find(({ containerInstanceArn }) => containerInstanceArn === instance);
      if (task === undefined) throw new Error(`The service has started no task on ${instance}.`);
      return task.taskArn!;
    });
  }

  /** The agent says how its host is, by its telemetry link. */
  async reportInstanceStatus(containerInstanceArn: string, status: 'OK' | 'IMPAIRED'): Promise<void> {
    await this.#tell(containerInstanceArn, 'PublishInstanceStatusRequest', {
      statuses: [{ type: 'ContainerRuntime', status }],
    });
  }

  /** The agent says how the container `app` of a task is, by its telemetry link. */
  async reportHealth(
    containerInstanceArn: string,
    taskArn: string,
    healthStatus: HealthStatus,
  ): Promise<void> {
    const containers = [{ containerName: 'app', healthStatus, statusSince: 1 }];
    await this.#tell(containerInstanceArn, 'PublishHealthRequest', { tasks: [{ taskArn, containers }] });
  }

  async #tell(containerInstance: string, type: string, message: object): Promise<void> {
    const { accountId, region } = parseEcsArn(containerInstance)!;
    const scope = { accountId, region };
    const agent = connectTelemetry(this.controlPlane.link, scope, { containerInstance, cluster: 'default' });
    agent.send(type, message);
    await flushPromises();
    agent.close();
  }

  /** Reports a task as its agent would. */
  async report(
    task: string,
    status: 'PENDING' | 'RUNNING' | 'STOPPED',
    containers: readonly {
      containerName: string;
      status?: string;
      exitCode?: number;
      reason?: string;
    }[] = [],
    reason = '',
  ): Promise<void> {
    await this.ecs.send(
      new SubmitTaskStateChangeCommand({
        cluster: 'default',
        task,
        status,
        reason,
        containers: [...containers],
      }),
    );
  }
}

const parseAttribute = (text: string): { name: string; value?: string } => {
  const [name, value] = text.split('=') as [string, string?];
  return { name, ...(value !== undefined && { value }) };
};
