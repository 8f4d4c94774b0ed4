// The last lines of a command that waited for a rollout: how it ended, why, and where to look further.
import type { ExplainServiceOutput } from '../../longshore/contract.ts';
import { waitingLines } from './explain-service-text.ts';
import { failedTasksLines } from './failed-task-text.ts';
import type { Outcome, Snapshot } from './rollout.ts';
import { spanText } from '../terminal/times.ts';
import { lastPart } from '../../lib/arn.ts';

/** The end in one sentence; `name` is the service's, `waited` in ms. */
export function endSentence(
  outcome: Outcome | 'timeout',
  name: string,
  { service, rollout }: Snapshot,
  waited: number,
): string {
  const definition = lastPart(service.taskDefinition ?? '');
  const why = rollout?.statusReason === undefined ? '' : `: ${rollout.statusReason}`;
  switch (outcome) {
    case 'succeeded':
      return `${name} is stable: ${service.runningCount} of ${service.desiredCount} tasks running${definition === '' ? '' : ` ${definition}`}.`;
    case 'rolledBack':
      return `${name} was rolled back to ${definition}${why}`;
    case 'failed':
      return `The deployment of ${name} failed (${rollout?.status ?? ''})${why}`;
    case 'gone':
      return `The service ${name} is ${service.status}: it was deleted.`;
    case 'timeout':
      return `${name} is not stable after ${spanText(waited / 1000)}; the rollout continues.`;
  }
}

/** What belongs under the sentence; `now` is seconds since the epoch. */
export function endDetails(
  outcome: Outcome | 'timeout',
  name: string,
  cluster: string,
  answer: ExplainServiceOutput,
  now: number,
): string[] {
  if (outcome === 'succeeded' || outcome === 'gone') return [];
  return [
    ...(outcome === 'timeout' ? waitingLines(answer, now) : []),
    ...failedTasksLines(answer.failedTasks, answer.failedTaskCount),
    `More: longshore explain service ${name}${cluster === 'default' ? '' : ` --cluster ${cluster}`}`,
  ];
}
