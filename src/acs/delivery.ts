// Brings the agent to know what it should do: the tasks it was told in this session against those in the store.
// It decides when and what to send; `wantedStatus` decides whether, and payload/ how.
import type { PayloadTask } from '../agent-protocol/messages.ts';
import { uuid } from '../lib/ids.ts';
import { endlessTurns, inTurn } from '../lib/turns.ts';
import type { Task } from '../aws/ecs/state/task/task.ts';
import type { ReadTransaction } from '../store/store.ts';
import { definitionOf } from '../aws/ecs/state/task-definition/definition-of.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import { payloadTask } from './payload/payload-task.ts';
import type { SessionContext } from './session-context.ts';
import { PendingAcks } from './pending-acks.ts';
import { byUrgency, wantedStatus } from './wanted-status.ts';

/** What the agent was last told of a task in this session. */
interface SentState {
  readonly status: Task['desiredStatus'];
  readonly messageId: string;
  readonly attempt: number;
}

/** Keeps one payload within what an agent reads comfortably in one frame. */
const tasksPerPayload = 50;

/** The payload side of a session, from `start` to `close`. */
export class Delivery {
  readonly #context: SessionContext;
  readonly #pendingAcks: PendingAcks;
  readonly #sent = new Map<string, SentState>();
  /** Tasks to send: ARN to the row version that made them due. */
  #due = new Map<string, number>();
  #state: 'new' | 'idle' | 'working' | 'closed' = 'new';

  constructor(context: SessionContext) {
    this.#context = context;
    this.#pendingAcks = new PendingAcks({ ...context, policy: context.settings.resend });
  }

  /** Begins with every task that still lives on the instance. */
  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'idle';
    const { store, containerInstanceArn } = this.#context;
    const live = store.view((tx) => [...tx.table(tasks).by('instanceLive', { containerInstanceArn })]);
    for (const task of live) this.#consider(task);
    this.wake();
  }

  /** Takes note of tasks of this instance that were written; `undefined` in `after` is a task that was removed. */
  changed(arn: string, after: Task | undefined): void {
    if (after === undefined || wantedStatus(after) === undefined) {
      this.#sent.delete(arn);
      this.#due.delete(arn);
    } else if (this.#state !== 'new') {
      this.#consider(after);
    }
  }

  /** Sends what has become due, as soon as it is durable. */
  wake(): void {
    if (this.#state !== 'idle') return;
    this.#work().catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'Sending payloads failed');
    });
  }

  acknowledged(messageId: string): boolean {
    return this.#pendingAcks.acknowledged(messageId);
  }

  close(): void {
    this.#state = 'closed';
    this.#due.clear();
    this.#pendingAcks.close();
  }

  #consider(task: Task): void {
    const wanted = wantedStatus(task);
    if (wanted !== undefined && this.#sent.get(task.arn)?.status !== wanted) {
      this.#due.set(task.arn, task.version);
    }
  }

  async #work(): Promise<void> {
    this.#state = 'working';
    while (this.#state === 'working' && this.#due.size > 0) {
      const due = this.#due;
      this.#due = new Map();
      // The versions in `due` are part of this revision; a row that is newer when we come back has to wait its turn.
      await this.#context.store.durable(this.#context.store.revision);
      await inTurn(this.#context.turns ?? endlessTurns, () => {
        if (this.#isOpen()) this.#send(due);
      });
    }
    if (this.#isOpen()) this.#state = 'idle';
  }

  #isOpen(): boolean {
    return this.#state !== 'closed';
  }

  #send(due: ReadonlyMap<string, number>): void {
    const payloads = this.#context.store.view((tx) =>
      this.#current(tx, due).flatMap((task) => this.#payload(tx, task)),
    );
    for (let from = 0; from < payloads.length; from += tasksPerPayload) {
      this.#sendPayload(payloads.slice(from, from + tasksPerPayload));
    }
  }

  /** The rows of `due` that are still wanted and as they were; changed ones are due again. */
  #current(tx: ReadTransaction, due: ReadonlyMap<string, number>): Task[] {
    const current: Task[] = [];
    for (const [arn, version] of due) {
      const task = tx.table(tasks).get(arn);
      if (task === undefined || wantedStatus(task) === undefined) continue;
      if (task.version === version) current.push(task);
      else this.#due.set(arn, task.version);
    }
    return current.sort(byUrgency);
  }

  #payload(tx: ReadTransaction, task: Task): PayloadTask[] {
    const definition = definitionOf(tx, task);
    try {
      return [payloadTask(task, definition)];
    } catch (error) {
      // One bad task must not hold up its neighbours.
      this.#context.log.error({ err: error, taskArn: task.arn }, 'Task cannot be sent to its agent');
      return [];
    }
  }

  #sendPayload(sent: readonly PayloadTask[]): void {
    const { clock, random, clusterArn, containerInstanceArn } = this.#context;
    const messageId = uuid(random);
    const attempts = sent.map((task) => this.#noteSent(task, messageId));
    const arns = sent.map(({ arn }) => arn);
    this.#pendingAcks.expect(messageId, Math.max(...attempts), () => this.#retry(messageId, arns));
    this.#context.send('PayloadMessage', {
      messageId,
      clusterArn,
      containerInstanceArn,
      generatedAt: clock.now(),
      tasks: sent,
    });
  }

  #noteSent({ arn, desiredStatus }: PayloadTask, messageId: string): number {
    const before = this.#sent.get(arn);
    const attempt = before?.status === desiredStatus ? before.attempt + 1 : 0;
    this.#sent.set(arn, { status: desiredStatus, messageId, attempt });
    return attempt;
  }

  #retry(messageId: string, arns: readonly string[]): void {
    this.#context.store.view((tx) => {
      for (const arn of arns) {
        const task = tx.table(tasks).get(arn);
        const wasLast = this.#sent.get(arn)?.messageId === messageId;
        if (task !== undefined && wasLast) this.#due.set(arn, task.version);
      }
    });
    this.wake();
  }
}
