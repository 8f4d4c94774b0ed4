// The stopCode and stoppedReason of a task that nobody asked to stop.
import { type Container, type StopCode, type Task } from './task.ts';

/** Why a task stopped that nobody asked to stop. The agent gives a reason of its own only when it failed the task. */
export function stopCause(task: Task, agentReason: string): { stopCode: StopCode; stoppedReason: string } {
  const essential = task.containers.filter((container) => container.essential);
  const exited =
    agentReason === '' &&
    essential.some((container) => container.exitCode !== undefined) &&
    !essential.some(failedToStart);
  if (task.startedAt !== undefined || exited) {
    return {
      stopCode: 'EssentialContainerExited',
      stoppedReason: agentReason || 'Essential container in task exited',
    };
  }
  return { stopCode: 'TaskFailedToStart', stoppedReason: agentReason || 'Task failed to start' };
}

const notPulled = /^CannotPull\w*Error:/;

const notStarted =
  /^((CannotCreate|CannotStart|HostConfig|DockerClientConfig|InvalidVolume|ContainerNetworking)\w*Error:|DockerTimeoutError: Could not transition to (?!stopped))/;

/** An image that cannot be pulled is only a warning where an older one was found and ran, as its exit code shows. */
const failedToStart = ({ reason = '', exitCode }: Container): boolean =>
  notStarted.test(reason) || (notPulled.test(reason) && exitCode === undefined);
