// Clients that write to Longshore without a pause, and note in a ledger what is acknowledged, until the process is gone.
import type { ECS } from '@aws-sdk/client-ecs';
import type { Random } from '../../src/lib/random.ts';
import { testImage } from '../docker/engine.ts';
import { sleeper } from '../docker/programs.ts';
import type { Ledger } from './ledger.ts';

export interface WritersOptions {
  readonly ecs: ECS;
  readonly cluster: string;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Makes names unique from one run of the writers to the next. */
  readonly mark: string;
  /** Called after each acknowledged write. */
  readonly acknowledged: () => void;
  /** Whether the process was killed: from then on a call may fail. */
  readonly killed: () => boolean;
}

const writers = 6;
/** As many as this machine can start and stop between one kill and the next. */
const maxTasks = 6;

/** Resolves when every writer has found the process gone; rejects when a call fails before that. */
export async function write(options: WritersOptions): Promise<void> {
  const candidates = new Set(options.ledger.untouched());
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let turn = 0; !options.killed(); turn += 1) {
        try {
          await writeOne(options, candidates, `${options.mark}-${writer}-${turn}`);
        } catch (error) {
          if (options.killed() && !isAnswer(error)) return;
          throw error;
        }
        options.acknowledged();
      }
    }),
  );
}

const isAnswer = (error: unknown): boolean =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;

async function writeOne(options: WritersOptions, candidates: Set<string>, mark: string): Promise<void> {
  const { ecs, ledger, random } = options;
  const choice = random.next();
  if (choice < 0.25) {
    const tags = [{ key: 'mark', value: mark }];
    ledger.cluster((await ecs.createCluster({ clusterName: `${options.cluster}-${mark}`, tags })).cluster!);
  } else if (choice < 0.97) {
    await registerDefinition(options, mark);
  } else if (candidates.size < maxTasks) {
    await runTask(options, candidates, mark);
  } else {
    await stopTask(options, candidates, mark);
  }
}

async function registerDefinition({ ecs, cluster, ledger, random }: WritersOptions, mark: string) {
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: `${cluster}-${Math.floor(random.next() * 4)}`,
    containerDefinitions: [
      { name: 'app', image: testImage, memory: 16, environment: [{ name: 'MARK', value: mark }] },
    ],
  });
  ledger.definition(taskDefinition!);
}

/** Registers what `write` runs. */
export async function registerPair(ecs: ECS, cluster: string): Promise<void> {
  const container = { image: testImage, memory: 16, command: sleeper() };
  await ecs.registerTaskDefinition({
    family: pairOf(cluster),
    containerDefinitions: [
      { ...container, name: 'app' },
      { ...container, name: 'helper', essential: false },
    ],
  });
}

/** The family of two containers that do nothing. */
export const pairOf = (cluster: string): string => `${cluster}-pair`;

async function runTask(
  { ecs, cluster, ledger }: WritersOptions,
  candidates: Set<string>,
  mark: string,
): Promise<void> {
  // Counted at once, for the other writers to see; its place is taken over by the task itself.
  candidates.add(mark);
  const { tasks, failures } = await ecs.runTask({
    cluster,
    taskDefinition: pairOf(cluster),
    startedBy: mark,
    overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'MARK', value: mark }] }] },
  });
  candidates.delete(mark);
  const [task] = tasks!;
  if (task === undefined) throw new Error(`not placed: ${JSON.stringify(failures)}`);
  candidates.add(task.taskArn!);
  ledger.run(task);
}

async function stopTask(
  { ecs, cluster, ledger, random }: WritersOptions,
  candidates: Set<string>,
  mark: string,
): Promise<void> {
  const tasks = [...candidates].filter((each) => each.startsWith('arn:'));
  const task = tasks[Math.floor(random.next() * tasks.length)];
  if (task === undefined) return;
  candidates.delete(task);
  ledger.stopping(task);
  ledger.stop((await ecs.stopTask({ cluster, task, reason: mark })).task!);
}
