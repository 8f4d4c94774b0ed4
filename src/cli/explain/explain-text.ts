// What `longshore explain` prints: for somebody who has never seen it, what is, what is in the way, what to change.
import type { ExplainPlacementOutput, ShownAttempt, ShownTask } from '../../longshore/contract.ts';
import { instanceTitle } from '../../aws/ecs/state/instance/instance-title.ts';
import { unsupportedText } from '../../aws/ecs/state/task-definition/unsupported-features.ts';
import { endedByHostText, failedContainerLines } from '../rollout/failed-task-text.ts';
import { instantText } from '../terminal/times.ts';
import { groupLine, plural } from './verdict-text.ts';
import { lastPart } from '../../lib/arn.ts';

/** Lines of text; the answer in one sentence comes first, of a task after what became of it. */
export function explainLines(answer: ExplainPlacementOutput): string[] {
  const { now, suggestions, attempts, unsupported } = answer;
  return [
    ...taskLine(answer),
    ...(answer.task?.containers ? [...failedContainerLines(answer.task.containers, true), ''] : []),
    headline(answer),
    ...(unsupported.length > 0 ? [] : now.verdicts.map((group) => `  ${groupLine(group, answer)}`)),
    ...section(
      unsupported.length > 0 ? 'What would help:' : 'Any one of these would help:',
      suggestions.map(({ text }) => text),
    ),
    ...section('Earlier attempts that did not place all tasks:', attempts.map(attemptLine)),
  ];
}

const section = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${item}`)];

function headline(answer: ExplainPlacementOutput): string {
  const { now, clusterArn, unsupported } = answer;
  if (unsupported.length > 0) {
    const text = unsupportedText(unsupported.map(({ feature }) => feature));
    return `No instance can ever run ${subject(answer)}: ${text}`;
  }
  if (now.instances === 0) {
    return `The cluster ${lastPart(clusterArn)} has no container instances, so nothing can run ${subject(answer)}.`;
  }
  return `${now.fitCount} of ${plural(now.instances, 'instance')} can run ${subject(answer)} now.`;
}

/** What is to be placed: a task that has been somewhere is asked for once more. */
function subject({ taskDefinition, serviceArn, group, task }: ExplainPlacementOutput): string {
  if (serviceArn !== undefined) return `${taskDefinition} of ${group}`;
  if (task === undefined) return taskDefinition;
  return `${isProvisioning(task) ? 'it' : 'another like it'} (${taskDefinition})`;
}

const isProvisioning = ({ lastStatus, containerInstanceArn }: ShownTask): boolean =>
  lastStatus === 'PROVISIONING' && containerInstanceArn === undefined;

function taskLine({ task, asks }: ExplainPlacementOutput): string[] {
  if (!task) return [];
  const { lastStatus, containerInstanceArn, stoppedReason, ...named } = task;
  const is = `The task ${lastPart(task.taskArn)} is ${lastStatus}`;
  if (isProvisioning(task)) {
    return [
      `${is}: it waits for room on the instances of the capacity provider ${asks.capacityProviders?.join(', ')}.`,
    ];
  }
  const why = stoppedReason === undefined ? '' : ` (${stoppedReason})`;
  const on = containerInstanceArn && instanceTitle({ ...named, containerInstanceArn });
  const heard = task.isUnreachable ? ', which does not answer: this is its last known state' : '';
  if (lastStatus !== 'STOPPED') return [`${is}${on === undefined ? '' : ` on ${on}`}${heard}${why}.`];
  const cause = task.isEndedByHost ? ` ${endedByHostText}` : '';
  return [`${is}${why}; ${on === undefined ? 'it was never placed' : `it was on ${on}`}.${cause}`];
}

function attemptLine({ by, at, group, wanted, placed, times, verdicts }: ShownAttempt): string {
  const who = by === 'service' ? group.replace(':', ' ') : `${by} of ${group}`;
  const reasons = verdicts.map(({ reason, count }) => `${reason.replace(/\.$/, '')} on ${count}`).join(', ');
  const often = times > 1 ? `, ${times} times` : '';
  return `${instantText(at)} ${who}: placed ${placed} of ${wanted}${often}${reasons === '' ? '' : ` (${reasons})`}`;
}
