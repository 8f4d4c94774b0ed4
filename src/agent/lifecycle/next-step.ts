// Decides the one next thing to do for a task, from what is known of it. Pure: the runner does it and asks again.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import { canBeOrdered, dependantsOf, startGate } from './dependencies.ts';
import { containerOf, isStopped, stageOf, wantsStop, type KnownTask } from '../task/known-task.ts';

export type Step =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'pull' | 'create' | 'start' | 'stop'; readonly container: string }
  /** The container is STOPPED without the engine having any part in it. */
  | {
      readonly kind: 'abandon';
      readonly container: string;
      readonly exitCode?: number | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly kind: 'failTask'; readonly reason: string }
  | { readonly kind: 'cleanUp' }
  /** Nothing until something is learned, or until an instant in epoch ms. */
  | { readonly kind: 'wait'; readonly until?: number | undefined };

/** What is being done already: steps with the engine by container, and the task's own. */
export interface Busy {
  readonly containers: ReadonlyMap<string, 'pull' | 'create' | 'start' | 'stop'>;
  readonly task: boolean;
}

/** A STOPPED that the control plane never accepts holds up the cleanup for this long, in ms. */
const acceptanceWait = 72 * 60 * 60 * 1000;

/** Docker reports 143 for a container ended by SIGTERM; the official agent gives it to one that never could start. */
const neverStartedExitCode = 143;

/** The next step for the task at `now` (epoch ms), leaving out what `busy` says is under way. */
export function nextStep(known: KnownTask, busy: Busy, now: number): Step {
  const again = first(known, (container) => stopAgainStep(known, container, busy));
  if (again !== undefined) return again;
  if (isStopped(known)) return cleanUpStep(known, busy, now);
  if (wantsStop(known))
    return first(known, (container) => stopStep(known, container, busy)) ?? { kind: 'wait' };
  if (!canBeOrdered(known.task)) {
    return {
      kind: 'failTask',
      reason: `Task dependencies cannot be resolved, taskArn: ${known.task.arn}`,
    };
  }
  return known.admitted ? progress(known, busy, now) : { kind: 'wait' };
}

function progress(known: KnownTask, busy: Busy, now: number): Step {
  if (!known.prepared && !busy.task) return { kind: 'prepare' };
  const step = first(known, (container) => startStep(known, container, busy, now));
  return step ?? { kind: 'wait', until: earliestDeadline(known, now) };
}

function first(
  known: KnownTask,
  choose: (container: PayloadContainer) => Step | undefined,
): Step | undefined {
  for (const container of known.task.containers) {
    const step = choose(container);
    if (step !== undefined) return step;
  }
  return undefined;
}

function startStep(known: KnownTask, container: PayloadContainer, busy: Busy, now: number): Step | undefined {
  const stage = stageOf(known, container);
  if (stage === 'RUNNING' || stage === 'STOPPED') return undefined;
  const doing = busy.containers.get(container.name);
  if (doing !== undefined && doing !== 'pull') return undefined;
  const gate = startGate(known, container, now);
  if (gate.kind === 'never') {
    const reason = `CannotStartContainerError: ${gate.reason}`;
    return { kind: 'abandon', container: container.name, exitCode: neverStartedExitCode, reason };
  }
  if (doing === 'pull') return undefined;
  // Images are fetched while dependencies are still waited for: it only makes the start faster.
  if (stage === 'NONE') return { kind: 'pull', container: container.name };
  if (gate.kind === 'wait' || !known.prepared) return undefined;
  return { kind: stage === 'PULLED' ? 'create' : 'start', container: container.name };
}

function earliestDeadline(known: KnownTask, now: number): number | undefined {
  const ends = known.task.containers.flatMap((container) => {
    const stage = stageOf(known, container);
    if (stage === 'RUNNING' || stage === 'STOPPED') return [];
    const gate = startGate(known, container, now);
    return gate.kind === 'wait' && gate.until !== undefined ? [gate.until] : [];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function stopStep(known: KnownTask, container: PayloadContainer, busy: Busy): Step | undefined {
  const stage = stageOf(known, container);
  const doing = busy.containers.get(container.name);
  // A pull has no effect that would have to be waited for; every other call has.
  if (stage === 'STOPPED' || (doing !== undefined && doing !== 'pull')) return undefined;
  if (stage !== 'RUNNING') return { kind: 'abandon', container: container.name };
  const dependantsGone = dependantsOf(known.task, container.name).every(
    (dependant) => stageOf(known, dependant) === 'STOPPED',
  );
  // Containers that wait for each other have no order to stop in.
  if (!dependantsGone && canBeOrdered(known.task)) return undefined;
  return { kind: 'stop', container: container.name };
}

/** Whatever the task is at: what has stopped must not run. */
const stopAgainStep = (known: KnownTask, { name }: PayloadContainer, busy: Busy): Step | undefined =>
  runsAgain(known, name) && !busy.containers.has(name) ? { kind: 'stop', container: name } : undefined;

const runsAgain = (known: KnownTask, name: string): boolean => containerOf(known, name).runsAgain === true;

function cleanUpStep(known: KnownTask, busy: Busy, now: number): Step {
  if (known.stoppedAt === undefined || known.cleanupAt === undefined || busy.task) return { kind: 'wait' };
  if (known.task.containers.some(({ name }) => runsAgain(known, name))) return { kind: 'wait' };
  const accepted = known.reported === 'STOPPED';
  const due = accepted ? known.cleanupAt : Math.max(known.cleanupAt, known.stoppedAt + acceptanceWait);
  return now >= due ? { kind: 'cleanUp' } : { kind: 'wait', until: due };
}
