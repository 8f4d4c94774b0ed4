// What a service says of itself, in ECS's words.
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import { filterNamed } from '../../scheduler/placement/filters.ts';

const troubleshooting =
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** ECS tells of so many tasks in one event, and of more in several. */
export const tasksAnEvent = 20;
/** `text` with the full stop that it has or lacks. */
export const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

/** `(task a) (task b)` */
export const listed = (taskIds: readonly string[]): string => taskIds.map((id) => `(task ${id})`).join(' ');

export const steadyState = (name: string): string => `(service ${name}) has reached a steady state.`;
export const startedTasks = (name: string, taskIds: readonly string[]): string =>
  `(service ${name}) has started ${taskIds.length} tasks: ${listed(taskIds)}.`;
export const stoppedTasks = (name: string, taskIds: readonly string[]): string =>
  `(service ${name}) has stopped ${taskIds.length} running tasks: ${listed(taskIds)}.`;
export const failedHealthChecks = (name: string, taskId: string): string =>
  `(service ${name}) (task ${taskId}) failed container health checks.`;
export const constraintViolated = (name: string, taskId: string): string =>
  `(service ${name}) (task ${taskId}) no longer meets the placement constraints of the service.`;
export const unableToScaleIn = (name: string, id: string): string =>
  `(service ${name}) was unable to reach steady state because task set (${id}) was unable to scale in. Reason: The number of protected tasks are more than the desired count of tasks.`;
export const deploymentCompleted = (name: string, id: string): string =>
  `(service ${name}) (deployment ${id}) deployment completed.`;
export const deploymentFailed = (name: string, id: string): string =>
  `(service ${name}) (deployment ${id}) deployment failed: tasks failed to start.`;
export const deploymentRefused = (name: string, id: string, why: string): string =>
  sentence(`(service ${name}) (deployment ${id}) deployment failed: ${why}`);
export const rollingBack = (name: string, id: string): string =>
  `(service ${name}) rolling back to deployment ${id}.`;
export const launchBackoff = (name: string): string =>
  `(service ${name}) is unable to consistently start tasks successfully. ${troubleshooting}`;
export const stuck = (name: string): string =>
  `(service ${name}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.`;

/** Ours: ECS replaces nothing as long as the instance itself is not terminated. */
export const abandonedTasks = (
  name: string,
  instance: string,
  lasted: string,
  taskIds: readonly string[],
): string =>
  `(service ${name}) has abandoned ${taskIds.length} tasks on (container-instance ${instance}), which has been silent for ${lasted}: ${listed(taskIds)}.`;

/** So many ms in words: `90 seconds`, `10 minutes`. */
export const durationText = (ms: number): string =>
  ms < 120_000 ? `${Math.floor(ms / 1000)} seconds` : `${Math.floor(ms / 60_000)} minutes`;

/** RunTask is refused with the same words. */
export const tooManyWait = (name: string): string =>
  `(service ${name}) was unable to place a task. Reason: Tasks provisioning capacity limit exceeded.`;

/** ECS's sentence about the instance that came closest, and behind it what Longshore knows of all of them. */
export function unplaced(
  name: string,
  verdicts: readonly (Rejection & { readonly instance: { readonly id: string } })[],
  among: 'cluster' | 'capacity provider',
): string {
  const head = `(service ${name}) was unable to place a task because no container instance met all of its requirements.`;
  const closest = verdicts.at(-1);
  if (!closest)
    return `${head} Reason: No Container Instances were found in your ${among}. ${troubleshooting}`;
  const reasons = [...Map.groupBy(verdicts, inShort)].map(([reason, of]) => `${of.length} ${reason}`);
  return `${head} The closest matching (container-instance ${closest.instance.id}) ${closestReason(closest)} ${troubleshooting} Of ${verdicts.length} instances: ${reasons.join(', ')}.`;
}

/** Some of ECS's reasons are sentences. */
function inShort(rejection: Rejection): string {
  const detail = filterNamed(rejection.filter)?.eventDetail?.(rejection);
  return detail === undefined ? rejection.reason.replace(/\.$/, '') : `${rejection.reason} (${detail})`;
}

const closestReason = ({ filter, reason }: Rejection): string =>
  filterNamed(filter)?.closest ?? `encountered error "${reason}".`;
