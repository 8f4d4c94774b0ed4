// What is on the engine and ought not to run there: containers that were started again after their end, and containers of
// this agent whose task it does not know. Pure.
import type { Random } from '../../lib/random.ts';
import type { PayloadContainer, PayloadTask } from '../../agent-protocol/messages.ts';
import {
  agentIdLabel,
  containerNameLabel,
  familyLabel,
  revisionLabel,
  taskArnLabel,
} from '../engine/label-names.ts';
import type { KnownContainer, KnownTask } from '../task/known-task.ts';
import { newTask } from './new-task.ts';
import type { ContainerState, ListedContainer } from '../engine/runtime.ts';

export interface SortedOut {
  readonly revived: readonly { readonly taskArn: string; readonly container: string }[];
  /** Ids of the containers, running or not, by the ARN of their task. */
  readonly strays: ReadonlyMap<string, readonly string[]>;
}

/**
 * Sorts out what is listed. A container is a stray only where it carries the mark `agentId` of this agent: others share
 * the engine, and what they run is theirs.
 */
export function sortOut(
  listed: readonly ListedContainer[],
  taskOf: (arn: string) => KnownTask | undefined,
  agentId: string,
): SortedOut {
  const revived: { taskArn: string; container: string }[] = [];
  const strays = new Map<string, string[]>();
  for (const one of listed) {
    const taskArn = one.labels[taskArnLabel] ?? '';
    const known = taskOf(taskArn);
    if (known !== undefined) {
      const container = revivedIn(known, one);
      if (container !== undefined) revived.push({ taskArn, container });
    } else if (agentId !== '' && one.labels[agentIdLabel] === agentId) {
      strays.set(taskArn, [...(strays.get(taskArn) ?? []), one.id]);
    }
  }
  return { revived, strays };
}

/** The name of the container that the task knows to have stopped, and that runs. */
function revivedIn({ containers }: KnownTask, { id, isRunning }: ListedContainer): string | undefined {
  if (!isRunning) return undefined;
  const found = Object.entries(containers).find(([, { runtimeId }]) => runtimeId === id);
  return found?.[1].stage === 'STOPPED' ? found[0] : undefined;
}

const lostTask =
  "The agent found the task's containers and did not know the task: its state was lost, or is older than the task";

/**
 * A task made up from its containers, to be brought to its end like any other: what is left of it is stopped, reported and
 * cleaned up. `order` is its place in the queue for resources.
 */
export function strayTask(
  taskArn: string,
  containers: readonly ContainerState[],
  order: number,
  random: Random,
): KnownTask {
  const named = containers.map((state, at): [string, ContainerState] => [nameOf(containers, at), state]);
  const { labels } = containers[0]!;
  const task: PayloadTask = {
    arn: taskArn,
    family: labels[familyLabel] ?? '',
    version: labels[revisionLabel] ?? '',
    desiredStatus: 'STOPPED',
    containers: named.map(([name, { image }]): PayloadContainer => ({ name, image, essential: false })),
  };
  return {
    ...newTask(task, order, random),
    // What runs holds what it holds, whatever there is left for it.
    admitted: true,
    prepared: true,
    reason: lostTask,
    endedByHost: true,
    containers: Object.fromEntries(named.map(([name, state]) => [name, knownContainer(state)])),
  };
}

const knownContainer = ({ name, id, ports }: ContainerState): KnownContainer => ({
  stage: 'CREATED',
  runtimeName: name,
  runtimeId: id,
  ports,
  reported: 'NONE',
});

/** Its name in the task definition; should two have the same, the later one is told apart. */
function nameOf(containers: readonly ContainerState[], at: number): string {
  const name = (index: number): string => containers[index]?.labels[containerNameLabel] ?? '';
  const earlier = containers.slice(0, at).filter((_, index) => name(index) === name(at)).length;
  return earlier === 0 ? name(at) : `${name(at)}-${earlier + 1}`;
}
