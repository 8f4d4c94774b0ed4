// An agent link over a store in memory, on virtual time.
import { createAgentLink, type AgentLink } from '../src/acs/agent-link.ts';
import { defaultAgentLinkSettings } from '../src/acs/settings.ts';
import { silentLog } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { flushPromises, VirtualClock } from './virtual-clock.ts';
import type { ContainerInstance } from '../src/aws/ecs/state/instance/container-instance.ts';
import type { Task } from '../src/aws/ecs/state/task/task.ts';
import type { TaskDefinition } from '../src/aws/ecs/state/task-definition/task-definition.ts';
import { MemoryJournal } from '../src/store/journal/memory-journal.ts';
import { openStore } from '../src/store/memory-store.ts';
import type { Store } from '../src/store/store.ts';
import {
  agentSequences,
  agentSessions,
  containerInstances,
} from '../src/aws/ecs/state/instance/container-instances.ts';
import { instanceHealth } from '../src/aws/ecs/state/instance/instance-health-table.ts';
import { taskDefinitions } from '../src/aws/ecs/state/task-definition/task-definitions.ts';
import { tasks } from '../src/aws/ecs/state/task/tasks.ts';
import { aContainerInstance } from './builders/a-container-instance.ts';
import { aScope } from './builders/a-scope.ts';
import { aTaskDefinition } from './builders/a-task-definition.ts';
import { connectAgent, connectTelemetry, type RecordingAgent } from './recording-agent.ts';

/** Everything that a test of the link needs to hold. */
export class LinkRig {
  readonly clock = new VirtualClock();
  readonly journal: MemoryJournal;
  readonly store: Store;
  readonly link: AgentLink;

  constructor(journal: MemoryJournal, store: Store) {
    this.journal = journal;
    this.store = store;
    this.link = createAgentLink({
      store,
      clock: this.clock,
      random: seededRandom(1),
      log: silentLog,
      authorise: () => undefined,
      settings: { ...defaultAgentLinkSettings, resend: { ...defaultAgentLinkSettings.resend, jitter: 0 } },
    });
  }

  /** A link over a store that holds instance `i1` and task definition `web:1`. */
  static async open(durability: 'immediate' | 'manual' = 'immediate'): Promise<LinkRig> {
    const journal = new MemoryJournal({ durability });
    const tables = [
      agentSequences,
      agentSessions,
      containerInstances,
      instanceHealth,
      taskDefinitions,
      tasks,
    ];
    const store = await openStore({ tables, journal, log: silentLog, freezeRows: true });
    const rig = new LinkRig(journal, store);
    rig.putInstance(aContainerInstance());
    rig.putDefinition(aTaskDefinition());
    journal.flush();
    return rig;
  }

  putTasks(...rows: Task[]): void {
    this.store.update((tx) => {
      for (const row of rows) tx.table(tasks).put(row);
    });
  }

  putInstance(row: ContainerInstance): void {
    this.store.update((tx) => {
      tx.table(containerInstances).put(row);
    });
  }

  putDefinition(row: TaskDefinition): void {
    this.store.update((tx) => {
      tx.table(taskDefinitions).put(row);
    });
  }

  task(arn: string): Task | undefined {
    return this.store.view((tx) => tx.table(tasks).get(arn));
  }

  instance(arn = aContainerInstance().arn): ContainerInstance | undefined {
    return this.store.view((tx) => tx.table(containerInstances).get(arn));
  }

  isConnected(arn = aContainerInstance().arn): boolean {
    return this.store.view((tx) => tx.table(agentSessions).get(arn) !== undefined);
  }

  /** Connects an agent of `i1`, or of what `query` says. */
  async connect(query: Readonly<Record<string, string>> = {}): Promise<RecordingAgent> {
    const said = { containerInstanceArn: aContainerInstance().arn, protocolVersion: '2', ...query };
    const agent = connectAgent(this.link, aScope, said);
    await flushPromises();
    return agent;
  }

  async connectTelemetry(query: Readonly<Record<string, string>> = {}): Promise<RecordingAgent> {
    const said = { containerInstance: aContainerInstance().arn, cluster: 'default', ...query };
    const agent = connectTelemetry(this.link, aScope, said);
    await flushPromises();
    return agent;
  }
}
