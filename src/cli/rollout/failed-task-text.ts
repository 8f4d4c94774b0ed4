// How a service's tasks failed: when, why, and what they wrote last.
import type { FailedTask } from '../../longshore/contract.ts';
import { shortId } from '../../aws/ecs/state/instance/instance-title.ts';
import { instantText } from '../terminal/times.ts';
import { lastPart } from '../../lib/arn.ts';

/** The latest first, with what that one wrote last; empty where there is none. `count` is how many there are in all. */
export function failedTasksLines(tasks: readonly FailedTask[], count: number): string[] {
  if (tasks.length === 0) return [];
  const of = tasks.length < count ? `, ${tasks.length} of ${count}` : '';
  return [
    `Failed tasks, the latest first${of}:`,
    ...tasks.flatMap((task, at) => failedTaskLines(task, at === 0)),
  ];
}

/** What is told of a failed task. */
export type ToldTask = Pick<
  FailedTask,
  'taskArn' | 'taskDefinition' | 'stoppedAt' | 'stoppedReason' | 'containers'
>;

/** When and why it stopped, then what each container says; below that the last lines of its log, where they are wanted. */
export const failedTaskLines = (task: ToldTask, withLog: boolean): string[] => [
  `  ${instantText(task.stoppedAt)}  ${shortId(lastPart(task.taskArn))}  ${task.taskDefinition}  ${task.stoppedReason}`,
  ...failedContainerLines(task.containers, withLog),
];

/** Of a task whose row says that its host ended it: an exit code alone looks like a fault of the program. */
export const endedByHostText =
  'It did not end by itself: the container engine of its host stopped, or lost its containers.';

/** How each of them ended. */
export const failedContainerLines = (containers: FailedTask['containers'], withLog: boolean): string[] =>
  containers.flatMap((container) => [...containerLines(container), ...(withLog ? logLines(container) : [])]);

type FailedContainer = FailedTask['containers'][number];

function containerLines({ name, exitCode, reason }: FailedContainer): string[] {
  const said = [...(exitCode === undefined ? [] : [`exit code ${exitCode}`]), ...(reason ? [reason] : [])];
  return said.length === 0 ? [] : [`    ${name}: ${said.join(', ')}`];
}

function logLines({ name, lastLogLines, logProblem }: FailedContainer): string[] {
  if (logProblem !== undefined) return [`    ${name} wrote: (${logProblem})`];
  if (lastLogLines === undefined) return [];
  if (lastLogLines.length === 0) return [`    ${name} wrote nothing.`];
  return [`    ${name} wrote last:`, ...lastLogLines.map((line) => `      ${line}`)];
}
