// Tells the agent, once a connection, all that lives on its instance, and answers what it asks about the rest.
import type { ManifestTask, LastKnownStatuses } from '../agent-protocol/messages.ts';
import { uuid } from '../lib/ids.ts';
import type { Task } from '../aws/ecs/state/task/task.ts';
import type { WriteTransaction } from '../store/store.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import type { SessionContext } from './session-context.ts';
import { verifiedStops, type StopCandidate } from './stop-verification.ts';
import { PendingAcks } from './pending-acks.ts';
import { agentSequences } from '../aws/ecs/state/instance/container-instances.ts';

/** The manifest side of a session. */
export class ManifestExchange {
  readonly #context: SessionContext;
  readonly #pendingAcks: PendingAcks;
  #messageId: string | undefined;
  #closed = false;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#pendingAcks = new PendingAcks({ ...context, policy: context.settings.resend });
  }

  /** Sends a manifest under a new sequence number, again until it is acknowledged. Resolves when it was sent once. */
  async send(attempt = 0): Promise<void> {
    const { store, clock, random, clusterArn, containerInstanceArn } = this.#context;
    const manifest = store.update((tx) => ({
      timeline: nextSequence(tx, containerInstanceArn, clock.now()),
      tasks: this.#listed(tx),
    }));
    await store.durable();
    if (this.#closed) return;
    const messageId = uuid(random);
    this.#messageId = messageId;
    this.#pendingAcks.expect(messageId, attempt, () => this.#retry(attempt + 1));
    this.#context.send('TaskManifestMessage', {
      messageId,
      clusterArn,
      containerInstanceArn,
      generatedAt: clock.now(),
      ...manifest,
    });
  }

  /** Answers which of `candidates` to stop, provided that they were named in reply to the latest manifest. */
  async verify(messageId: string, candidates: readonly StopCandidate[]): Promise<void> {
    if (messageId !== this.#messageId) return;
    const { store, clock } = this.#context;
    const stopTasks = store.view((tx) => verifiedStops(tx, this.#context, candidates));
    await store.durable();
    this.#context.send('TaskStopVerificationAck', { messageId, generatedAt: clock.now(), stopTasks });
  }

  acknowledged(messageId: string): boolean {
    return this.#pendingAcks.acknowledged(messageId);
  }

  close(): void {
    this.#closed = true;
    this.#pendingAcks.close();
  }

  #listed(tx: WriteTransaction): ManifestTask[] {
    const live = tx
      .table(tasks)
      .by('instanceLive', { containerInstanceArn: this.#context.containerInstanceArn });
    return Array.from(live, (task) => ({
      taskArn: task.arn,
      taskClusterArn: task.clusterArn,
      desiredStatus: task.desiredStatus,
      longshoreTold: lastKnownStatuses(task),
    }));
  }

  #retry(attempt: number): void {
    this.send(attempt).catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'Manifest was not sent');
    });
  }
}

const lastKnownStatuses = ({ lastStatus, containers }: Task): LastKnownStatuses => ({
  status: lastStatus === 'PENDING' ? 'PENDING' : 'RUNNING',
  containers: Object.fromEntries(containers.map((container) => [container.name, container.lastStatus])),
});

/**
 * The next value, greater than every earlier one. It starts from the clock's seconds, not from 1: a store restored from
 * a backup would otherwise count below what the agent remembers, and the agent would ignore its manifests for good.
 */
function nextSequence(tx: WriteTransaction, containerInstanceArn: string, now: number): number {
  const table = tx.table(agentSequences);
  const last = table.get(containerInstanceArn)?.value ?? 0;
  return table.put({ containerInstanceArn, value: Math.max(last + 1, Math.floor(now / 1000)) }).value;
}
