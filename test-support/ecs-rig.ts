// A whole control plane in memory, spoken to by the AWS SDK and by an agent's own calls.
import type { ECSClient } from '@aws-sdk/client-ecs';
import { RegisterContainerInstanceCommand, SubmitTaskStateChangeCommand } from '@aws-sdk/client-ecs';
import { silentLog } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { connectAgent, type RecordingAgent } from './recording-agent.ts';
import { flushPromises, VirtualClock } from './virtual-clock.ts';
import {
  createControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from '../src/server/control-plane.ts';
import { parseEcsArn } from '../src/aws/ecs/state/arn.ts';
import { MemoryJournal } from '../src/store/journal/memory-journal.ts';
import { observeAnswer } from './observed-answers.ts';
import { sdkClient } from './sdk-client.ts';

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

  static async open(options: Partial<ControlPlaneOptions> = {}): Promise<EcsRig> {
    const clock = new VirtualClock();
    const controlPlane = await createControlPlane({
      journal: new MemoryJournal({ durability: 'immediate' }),
      clock,
      random: seededRandom(7),
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

  /** Registers an instance, connected unless told otherwise, and answers its ARN. */
  async instance(
    options: {
      cluster?: string;
      cpu?: number;
      memory?: number;
      connected?: boolean;
      attributes?: string[];
      gpuIds?: string[];
    } = {},
  ): Promise<string> {
    const { cluster = 'default', cpu = 2048, memory = 4096, connected = true } = options;
    const { attributes = [], gpuIds = [] } = options;
    const { containerInstance } = await this.ecs.send(
      new RegisterContainerInstanceCommand({
        cluster,
        totalResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: cpu },
          { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
          { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '2375', '2376', '51678', '51679'] },
          { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
        ],
        attributes: attributes.map((name) => ({ name })),
        platformDevices: gpuIds.map((id) => ({ id, type: 'GPU' })),
      }),
    );
    const arn = containerInstance!.containerInstanceArn!;
    if (connected) this.connect(arn);
    return arn;
  }

  /** Connects an agent of the instance, which says nothing; one of protocol version 1 is not dropped for that. */
  connect(containerInstanceArn: string): void {
    const { accountId, region } = parseEcsArn(containerInstanceArn)!;
    const { link } = this.controlPlane;
    this.#agents.set(
      containerInstanceArn,
      connectAgent(link, { accountId, region }, { containerInstanceArn, protocolVersion: '1' }),
    );
  }

  /** The connection of the instance's agent breaks. */
  async disconnect(containerInstanceArn: string): Promise<void> {
    this.#agents.get(containerInstanceArn)!.close();
    await flushPromises();
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
