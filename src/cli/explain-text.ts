// What `longshore explain` prints: for somebody who has never seen it, what is, what is in the way, what to change.
import type {
  ExplainPlacementOutput,
  ShownAttempt,
  ShownGroup,
  ShownHolder,
  ShownVerdict,
} from '../apis/longshore/contract.ts';

/** Lines of text; the first is the answer in one sentence. */
export function explainLines(told: ExplainPlacementOutput): string[] {
  const { now, suggestions, attempts } = told;
  return [
    headline(told),
    ...taskLine(told),
    ...now.verdicts.map((group) => `  ${groupLine(group, told)}`),
    ...section(
      'What would help, one of:',
      suggestions.map(({ text }) => text),
    ),
    ...section('Earlier attempts that left tasks over:', attempts.map(attemptLine)),
  ];
}

const section = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${item}`)];

function headline({ taskDefinition, serviceArn, group, now, clusterArn }: ExplainPlacementOutput): string {
  const what = serviceArn === undefined ? taskDefinition : `${taskDefinition} of ${group}`;
  if (now.instances === 0) {
    return `The cluster ${lastPart(clusterArn)} has no container instances, so nothing can take ${what}.`;
  }
  return `${now.fitCount} of ${plural(now.instances, 'instance')} can take ${what} now.`;
}

function taskLine({ task }: ExplainPlacementOutput): string[] {
  if (!task) return [];
  const id = lastPart(task.taskArn);
  const where =
    task.containerInstanceArn === undefined
      ? 'has no instance'
      : `is on ${lastPart(task.containerInstanceArn)}`;
  const why = task.stoppedReason === undefined ? '' : ` (${task.stoppedReason})`;
  return [`The task ${id} is ${task.lastStatus}${why} and ${where}; the numbers are for another like it.`];
}

/** E.g. "8 instances: memory - web:3 asks 2048 MiB; nearest is i-1 with 1512 of 3900 MiB free (536 MiB short)." */
function groupLine(group: ShownGroup, { taskDefinition, asks }: ExplainPlacementOutput): string {
  const count = plural(group.count, 'instance');
  const [nearest] = group.instances;
  if (!nearest) return `${count}: ${group.reason}`;
  const name = instanceName(nearest);
  const also =
    nearest.further.length === 0
      ? ''
      : ` There, too: ${nearest.further.map(({ detail }) => detail).join('; ')}.`;
  const held = heldBy(nearest);
  switch (group.filter) {
    case 'cpu':
      return `${count}: CPU - ${taskDefinition} asks ${asks.cpu} units; nearest is ${name} with ${nearest.available} of ${nearest.of} free (${short(nearest)})${held}.${also}`;
    case 'memory':
      return `${count}: memory - ${taskDefinition} asks ${asks.memory} MiB; nearest is ${name} with ${nearest.available} of ${nearest.of} MiB free (${short(nearest, ' MiB')})${held}.${also}`;
    case 'gpus':
      return `${count}: GPUs - ${taskDefinition} asks ${asks.gpus}; nearest is ${name} with ${nearest.available} of ${nearest.of} free (${short(nearest)})${held}.${also}`;
    case 'ports':
    case 'portsUdp': {
      const why = nearest.reserved ? 'is reserved by the instance itself' : 'is taken';
      return `${count}: ${nearest.protocol} host port ${nearest.port} ${why}, e.g. on ${name}${held}.${also}`;
    }
    case 'attributes':
      return `${count}: the attribute ${nearest.attribute} is missing, e.g. on ${name}.${also}`;
    case 'memberOf':
      return `${count}: no match for the constraint ${nearest.expression}, e.g. ${name}.${also}`;
    case 'distinctInstance':
      return `${count}: distinctInstance - already with a task of the group ${nearest.group}, e.g. ${name}.${also}`;
    case 'capacityProvider':
      return `${count}: not of the capacity provider${asks.capacityProviders?.length === 1 ? '' : 's'} ${asks.capacityProviders?.join(', ')}, e.g. ${name}.${also}`;
    case 'agentConnected':
      return `${count}: the agent is not connected, e.g. on ${name}.${also}`;
    case 'status':
      return `${count}: DRAINING, so without new tasks, e.g. ${name}.${also}`;
    default:
      return `${count}: ${nearest.detail}, e.g. on ${name}.${also}`;
  }
}

/** What is missing, and whether it would be even without any task. */
function short({ missing = 0, asked = 0, of = 0 }: ShownVerdict, unit = ''): string {
  return `${missing}${unit} short${asked > of ? `, ${asked - of}${unit} even when it is empty` : ''}`;
}

function heldBy({ holders, filter }: ShownVerdict): string {
  if (holders.length === 0) return '';
  const amount = (holder: ShownHolder): string => {
    if (filter === 'memory') return `, ${holder.memory} MiB`;
    if (filter === 'gpus') return `, ${holder.gpus} GPU${holder.gpus === 1 ? '' : 's'}`;
    return filter === 'cpu' ? `, ${holder.cpu} units` : '';
  };
  const each = holders.map((one) => `${lastPart(one.taskArn)} (${one.taskDefinition}${amount(one)})`);
  return `; held by the ${each.length === 1 ? 'task' : 'tasks'} ${each.join(', ')}`;
}

function attemptLine(attempt: ShownAttempt): string {
  const { by, at, wanted, placed, times, attemptId, verdicts } = attempt;
  const when = new Date(at * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const reasons = verdicts.map(({ reason, count }) => `${count} x ${reason}`).join(', ');
  const often = times > 1 ? `, ${times} times` : '';
  return `${when} ${by}: placed ${placed} of ${wanted}${often} (${reasons}); attempt ${attemptId}`;
}

const instanceName = (one: {
  readonly containerInstanceArn: string;
  readonly ec2InstanceId?: string;
}): string => one.ec2InstanceId ?? lastPart(one.containerInstanceArn);

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
