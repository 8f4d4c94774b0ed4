// How a service's tasks failed, in few lines.
import type { FailedTask } from '../apis/longshore/service/contract.ts';
import { lastPart } from '../model/arn.ts';
import { instantText } from './times.ts';

/** The latest first; empty where there is none. `count` is how many there are in all. */
export function failedTasksLines(tasks: readonly FailedTask[], count: number): string[] {
  if (tasks.length === 0) return [];
  const of = tasks.length < count ? `, ${tasks.length} of ${count}` : '';
  return [`Failed tasks, the latest first${of}:`, ...tasks.flatMap(failedTaskLines)];
}

/** When and why it stopped, then what each container says; the last lines of a log belong under its container. */
export const failedTaskLines = (task: FailedTask): string[] => [
  `  ${instantText(task.stoppedAt)}  ${lastPart(task.taskArn)}  ${task.taskDefinition}  ${task.stoppedReason}`,
  ...task.containers.flatMap(containerLines),
];

function containerLines({ name, exitCode, reason }: FailedTask['containers'][number]): string[] {
  const said = [...(exitCode === undefined ? [] : [`exit code ${exitCode}`]), ...(reason ? [reason] : [])];
  return said.length === 0 ? [] : [`    ${name}: ${said.join(', ')}`];
}
