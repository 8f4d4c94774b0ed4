// Takes the agent through the update that its instance's row asks for: stage it, then perform it. What the agent did not
// answer goes out again. That it came back with the new version, or not at all, others find out.
import { uuid } from '../lib/ids.ts';
import { withUpdateStatus } from '../aws/ecs/state/instance/agent-update.ts';
import type {
  AgentUpdate,
  AgentUpdateStatus,
  ContainerInstance,
} from '../aws/ecs/state/instance/container-instance.ts';
import { containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import type { SessionContext } from './session-context.ts';
import { PendingAcks } from './pending-acks.ts';

/** An update at one of its steps. */
interface Step {
  /** The same for as long as the update is at this step. */
  readonly key: string;
  readonly status: AgentUpdateStatus;
  readonly update: AgentUpdate;
}

/** What the agent was told of a step in this session. */
interface SentState {
  readonly key: string;
  /** All that were sent, as an answer to an earlier one may still be under way. */
  readonly messageIds: Set<string>;
  /** Whether the time to answer the latest runs. */
  isWaiting: boolean;
}

/** The update side of a session, from `start` to `close`. */
export class AgentUpdateExchange {
  readonly #context: SessionContext;
  readonly #pendingAcks: PendingAcks;
  #sent: SentState | undefined;
  #state: 'new' | 'idle' | 'working' | 'closed' = 'new';

  constructor(context: SessionContext) {
    this.#context = context;
    this.#pendingAcks = new PendingAcks({ ...context, policy: context.settings.resend });
  }

  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'idle';
    this.wake();
  }

  /** Does what the row of the instance makes due, as soon as it is durable. */
  wake(): void {
    if (this.#state !== 'idle') return;
    this.#work().catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'Updating the agent failed');
    });
  }

  /** Answers whether the message was one of an update. */
  acknowledged(messageId: string): boolean {
    return this.#answered(messageId, (instance, { status, update }) =>
      status === 'STAGING'
        ? withUpdateStatus(instance, 'STAGED', this.#context.clock.now())
        : { ...instance, agentUpdate: { ...update, isPerforming: true } },
    );
  }

  /** Answers whether the message was one of an update, which has failed by that. */
  refused(messageId: string): boolean {
    return this.#answered(messageId, (instance) =>
      withUpdateStatus(instance, 'FAILED', this.#context.clock.now()),
    );
  }

  close(): void {
    this.#state = 'closed';
    this.#pendingAcks.close();
  }

  async #work(): Promise<void> {
    this.#state = 'working';
    const { store } = this.#context;
    for (let due = this.#due(); due !== undefined; due = this.#due()) {
      await store.durable(store.revision);
      if (!this.#isOpen()) return;
      if (this.#due()?.key === due.key) this.#act(due);
    }
    this.#state = 'idle';
  }

  #isOpen(): boolean {
    return this.#state !== 'closed';
  }

  #instance(): ContainerInstance | undefined {
    const { store, containerInstanceArn } = this.#context;
    return store.view((tx) => tx.table(containerInstances).get(containerInstanceArn));
  }

  /** The step that is ours to act on now. */
  #due(): Step | undefined {
    const step = stepOf(this.#instance());
    if (step === undefined || step.update.isPerforming) return undefined;
    return step.key === this.#sent?.key && this.#sent.isWaiting ? undefined : step;
  }

  #act(step: Step): void {
    switch (step.status) {
      case 'PENDING':
        this.#write(step, (instance) => withUpdateStatus(instance, 'STAGING', this.#context.clock.now()));
        break;
      case 'STAGED':
        this.#write(step, (instance) => withUpdateStatus(instance, 'UPDATING', this.#context.clock.now()));
        break;
      default:
        this.#send(step);
    }
  }

  #send({ key, status, update }: Step): void {
    const { random, clusterArn, containerInstanceArn } = this.#context;
    const told =
      this.#sent?.key === key ? this.#sent : { key, messageIds: new Set<string>(), isWaiting: true };
    const messageId = uuid(random);
    const attempt = told.messageIds.size;
    told.messageIds.add(messageId);
    told.isWaiting = true;
    this.#sent = told;
    this.#pendingAcks.expect(messageId, attempt, () => {
      told.isWaiting = false;
      this.wake();
    });
    const { location, signature } = update;
    this.#context.send(status === 'STAGING' ? 'StageUpdateMessage' : 'PerformUpdateMessage', {
      messageId,
      clusterArn,
      containerInstanceArn,
      updateInfo: { location, signature },
    });
  }

  #answered(
    messageId: string,
    change: (instance: ContainerInstance, step: Step) => ContainerInstance,
  ): boolean {
    const told = this.#sent;
    if (!told?.messageIds.has(messageId)) return false;
    this.#pendingAcks.acknowledged(messageId);
    const step = stepOf(this.#instance());
    if (step?.key === told.key) this.#write(step, (instance) => change(instance, step));
    return true;
  }

  /** Nothing, when the update is not at `step` any more. */
  #write(step: Step, change: (instance: ContainerInstance) => ContainerInstance): void {
    const { store, containerInstanceArn } = this.#context;
    store.update((tx) => {
      const table = tx.table(containerInstances);
      const instance = table.get(containerInstanceArn);
      if (instance !== undefined && stepOf(instance)?.key === step.key) table.put(change(instance));
    });
  }
}

function stepOf(instance: ContainerInstance | undefined): Step | undefined {
  const { agentUpdate: update, agentUpdateStatus: status } = instance ?? {};
  if (update === undefined || status === undefined) return undefined;
  return { key: `${update.id}/${status}`, status, update };
}
