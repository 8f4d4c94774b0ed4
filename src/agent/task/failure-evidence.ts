// What goes with the report of a task that failed: reasons in full, and the last lines that its containers wrote.
import type { Clock } from '../../lib/clock.ts';
import {
  withinLimits,
  type ContainerEvidence,
  type FailureEvidence,
} from '../../agent-protocol/failure-evidence.ts';
import type { AgentConfig } from '../config/config.ts';
import { ContainerFailure, messageOf } from '../engine/container-failure.ts';
import { containerOf, essentialStopReported, type KnownContainer, type KnownTask } from './known-task.ts';
import type { Runtime } from '../engine/runtime.ts';
import { withinLimit } from '../engine/time-limit.ts';

export interface EvidenceDeps {
  readonly runtime: Runtime;
  readonly config: Pick<AgentConfig, 'failureLogLines'>;
  readonly clock: Clock;
}

/** A report waits for the log of a container no longer than this, ms; it is read while the others are. */
const timeout = 2000;

/** What the wire's members hold of a reason. */
const cutAt = 1024;

/**
 * The evidence of a task that ends or has STOPPED, as far as it was not given when the end was first told of; undefined where
 * there is none to give. Never rejects, and never takes long.
 */
export async function failureEvidence(
  deps: EvidenceDeps,
  known: KnownTask,
): Promise<FailureEvidence | undefined> {
  const ended = known.task.containers.filter(({ name }) => isChanged(known, name));
  const found = ended.map(({ name }) => containerEvidence(deps, known, name));
  const containers = (await Promise.all(found)).filter((one) => one !== undefined);
  const reason = longReason(known.reason);
  if (containers.length === 0 && reason === undefined) return undefined;
  return withinLimits({ reason, containers });
}

const isOfService = ({ task }: KnownTask): boolean =>
  Boolean(task.serviceName) || task.group?.startsWith('service:') === true;

/** Whether the container's end is not yet told, or was told before anybody could know that it is of interest. */
function isChanged(known: KnownTask, name: string): boolean {
  const { stage, reported } = containerOf(known, name);
  return stage === 'STOPPED' && !(essentialStopReported(known) && reported === 'STOPPED');
}

const longReason = (reason: string | undefined): string | undefined =>
  reason !== undefined && reason.length > cutAt ? reason : undefined;

async function containerEvidence(
  deps: EvidenceDeps,
  known: KnownTask,
  containerName: string,
): Promise<ContainerEvidence | undefined> {
  const container = containerOf(known, containerName);
  const reason = longReason(container.reason);
  if (!hasFailed(known, containerName)) return reason === undefined ? undefined : { containerName, reason };
  return { containerName, reason, ...(await lastLines(deps, container)) };
}

/** It ran, and ended by itself before the task did, or was stopped while its health check failed. */
export function hasFailed(known: KnownTask, name: string): boolean {
  const { stage, startedAt, finishedAt = 0, exitCode, health } = containerOf(known, name);
  if (stage !== 'STOPPED' || startedAt === undefined) return false;
  if (health?.status === 'UNHEALTHY') return true;
  // Those that end later are stopped by the agent, because the task is over.
  const byItself = known.desiredStatus === 'RUNNING' && finishedAt <= (known.executionStoppedAt ?? Infinity);
  const isEssential = known.task.containers.some((one) => one.name === name && one.essential === true);
  // A task that no service runs may have done its work; a service's is never to end.
  return byItself && (exitCode !== 0 || (isEssential && isOfService(known)));
}

async function lastLines(
  { runtime, config, clock }: EvidenceDeps,
  { runtimeId, runtimeName }: KnownContainer,
): Promise<Pick<ContainerEvidence, 'lastLogLines' | 'logProblem'>> {
  if (config.failureLogLines === 0) return { logProblem: 'This agent is configured to send no log lines.' };
  try {
    const lines = runtime.lastLogLines(runtimeId ?? runtimeName, config.failureLogLines);
    return { lastLogLines: await withinLimit(clock, timeout, 'read', lines) };
  } catch (error) {
    if (error instanceof ContainerFailure)
      return { logProblem: `The log could not be read within ${timeout / 1000} s.` };
    return { logProblem: `The log cannot be read: ${messageOf(error)}` };
  }
}
