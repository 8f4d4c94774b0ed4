import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import type { Task, TaskStatus } from '../aws/ecs/state/task/task.ts';
import { aTask } from '../../test-support/builders/a-task.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import type { RecordingAgent } from '../../test-support/recording-agent.ts';
import { wantedStatus } from './wanted-status.ts';

const ids = ['t1', 't2', 't3'];

/** What can happen to a link, in any order. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), id: fc.constantFrom(...ids) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('report' as const), id: fc.constantFrom(...ids) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop' as const), id: fc.constantFrom(...ids) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('flush', 'acknowledge', 'reconnect', 'wait') }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const forward: Partial<Record<TaskStatus, TaskStatus>> = { PENDING: 'RUNNING', RUNNING: 'STOPPED' };

class World {
  agent!: RecordingAgent;
  /** Rows as a crash at this moment would leave them. */
  readonly safe = new Map<string, Task | undefined>();
  #created = 0;
  #checked = 0;
  readonly #rig: LinkRig;

  constructor(rig: LinkRig) {
    this.#rig = rig;
  }

  row(id: string): Task | undefined {
    return this.#rig.task(aTask({ id }).arn);
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.reconnect();
    for (const one of steps) {
      await this.apply(one);
      await flushPromises();
      this.check();
    }
  }

  async apply(one: Step): Promise<void> {
    if ('id' in one) this.write(one.kind, one.id);
    else if (one.kind === 'flush') this.flush();
    else if (one.kind === 'wait') await this.wait();
    else if (one.kind === 'reconnect') await this.reconnect();
    else for (const payload of this.agent.all('PayloadMessage')) this.agent.acknowledge(payload);
  }

  /** An agent that says nothing at all would be dropped. */
  async wait(): Promise<void> {
    await this.#rig.clock.advance(25_000);
    this.agent.send('HeartbeatAckRequest', { messageId: 'any' });
  }

  /** A task is made once and goes only forward. */
  write(kind: 'create' | 'report' | 'stop', id: string): void {
    const row = this.row(id);
    if (kind === 'create' && row === undefined) this.put(aTask({ id, createdAt: this.#created++ }));
    if (row === undefined) return;
    const next = forward[row.lastStatus];
    if (kind === 'report' && next) {
      this.put({
        ...row,
        lastStatus: next,
        desiredStatus: next === 'STOPPED' ? 'STOPPED' : row.desiredStatus,
      });
    }
    if (kind === 'stop') this.put({ ...row, desiredStatus: 'STOPPED' });
  }

  put(task: Task): void {
    this.#rig.putTasks(task);
  }

  flush(): void {
    this.#rig.journal.flush();
    for (const id of ids) this.safe.set(aTask({ id }).arn, this.row(id));
  }

  async reconnect(): Promise<void> {
    this.agent = await this.#rig.connect();
    this.#checked = 0;
  }

  /** Everything sent was wanted by rows that were durable when it was sent. */
  check(): void {
    const payloads = this.agent.all('PayloadMessage');
    for (const payload of payloads.slice(this.#checked)) {
      for (const { arn, desiredStatus } of payload.tasks) {
        const safe = this.safe.get(arn);
        expect(safe && wantedStatus(safe)).toBe(desiredStatus);
      }
    }
    this.#checked = payloads.length;
  }

  /** What the agent was last told in this session, by task. */
  sent(): Map<string, string> {
    const tasks = this.agent.all('PayloadMessage').flatMap((payload) => payload.tasks);
    return new Map(tasks.map(({ arn, desiredStatus }) => [arn, desiredStatus]));
  }
}

describe('delivery, whatever happens', () => {
  it('tells only what is durable and wanted, and in the end all of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const world = new World(await LinkRig.open('manual'));
        await world.run(steps);
        world.flush();
        await flushPromises();
        world.check();
        const told = world.sent();
        for (const id of ids) {
          const row = world.row(id);
          const wanted = row && wantedStatus(row);
          if (wanted !== undefined) expect(told.get(row!.arn)).toBe(wanted);
        }
      }),
      { numRuns: 300 },
    );
  });
});
