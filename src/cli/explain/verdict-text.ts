// Instances that refuse a task for the same reason, as one line for people: how many, what is missing where it is nearest.
import type {
  ExplainPlacementOutput,
  ShownGroup,
  ShownHolder,
  ShownRejection,
  ShownVerdict,
} from '../../longshore/contract.ts';
import { instanceTitle, shortId } from '../../aws/ecs/state/instance/instance-title.ts';
import { lastPart } from '../../lib/arn.ts';

type Asked = Pick<ExplainPlacementOutput, 'taskDefinition' | 'asks'>;

/** E.g. "8 instances: memory - web:3 needs 2048 MiB; nearest is i-1 with 1512 of 3900 MiB free (536 MiB short)." */
export function groupLine(group: ShownGroup, asked: Asked): string {
  const count = plural(group.count, 'instance');
  const [nearest] = group.instances;
  if (!nearest) return `${count}: ${group.reason}`;
  const also = nearest.further.map(({ detail }) => detail).join('; ');
  return `${count}: ${reason(nearest, group.count === 1, asked)}.${also === '' ? '' : ` Also there: ${also}.`}`;
}

function reason(nearest: ShownVerdict, isOnly: boolean, { taskDefinition, asks }: Asked): string {
  const name = instanceTitle(nearest);
  /** "on i-1", "e.g. on i-1". */
  const on = (where: string): string => `${isOnly ? '' : 'e.g. '}${where}`;
  switch (nearest.filter) {
    case 'cpu':
      return `CPU - ${taskDefinition} needs ${asks.cpu} units; ${free(nearest, isOnly)}`;
    case 'memory':
      return `memory - ${taskDefinition} needs ${asks.memory} MiB; ${free(nearest, isOnly, ' MiB')}`;
    case 'gpus':
      return `GPUs - ${taskDefinition} needs ${asks.gpus}; ${free(nearest, isOnly)}`;
    case 'ports':
    case 'portsUdp': {
      const why = nearest.reserved ? 'is reserved by the instance itself' : 'is taken';
      return `${nearest.protocol} host port ${nearest.port} ${why}, ${on(`on ${name}`)}${heldBy(nearest)}`;
    }
    case 'attributes':
      return lacking(nearest, taskDefinition, on);
    case 'memberOf':
      return `no match for the constraint ${nearest.expression}, ${on(name)}${factsText(nearest)}`;
    case 'distinctInstance':
      return `distinctInstance - a task of the group ${nearest.group} is there already, ${on(`on ${name}`)}`;
    case 'capacityProvider': {
      const { capacityProviders = [] } = asks;
      return `not of the capacity provider${capacityProviders.length === 1 ? '' : 's'} ${capacityProviders.join(', ')}, ${on(name)}`;
    }
    case 'agentConnected':
      return `the agent is not connected, ${on(`on ${name}`)}`;
    case 'engineAnswers':
      return `the container engine does not answer, ${on(`on ${name}`)}`;
    case 'status':
      return `DRAINING, so it gets no new tasks, ${on(name)}`;
    default:
      return `${nearest.detail}, ${on(`on ${name}`)}`;
  }
}

/** What is free and who holds the rest, unless it would not be enough even without any task. */
function free(nearest: ShownVerdict, isOnly: boolean, unit = ''): string {
  const { available, missing = 0, asked = 0, of = 0 } = nearest;
  const name = instanceTitle(nearest);
  if (of === 0) return `${isOnly ? name : `e.g. ${name}`} has none`;
  const has = isOnly ? `${name} has` : `nearest is ${name} with`;
  const empty = available === of ? 'though it is empty' : `${asked - of}${unit} even when it is empty`;
  const beyond = asked > of ? `, ${empty}` : '';
  const held = asked > of ? '' : heldBy(nearest);
  return `${has} ${available} of ${of}${unit} free (${missing}${unit} short${beyond})${held}`;
}

const platforms: Readonly<Record<string, string>> = {
  'ecs.cpu-architecture': 'CPU architecture',
  'ecs.os-type': 'operating system',
  'ecs.os-family': 'operating system',
};

/** The attribute that is missing, and what is there in its place. */
function lacking(nearest: ShownVerdict, taskDefinition: string, on: (where: string) => string): string {
  const { attribute = '', found } = nearest;
  const name = instanceTitle(nearest);
  const [key = '', value] = attribute.split(/=(.*)/s);
  const kind = platforms[key];
  if (kind !== undefined && found !== undefined)
    return `${kind} - ${taskDefinition} needs ${value}; ${on(name)} is ${found}`;
  const instead = found === undefined ? '' : `, which has ${found === '' ? 'no value' : `${key}=${found}`}`;
  return `the attribute ${attribute} is missing, ${on(`on ${name}`)}${instead}`;
}

function factsText({ facts = [] }: ShownRejection): string {
  const each = facts.map(({ subject, value }) =>
    value === undefined ? `${subject} is not set` : `${subject} is ${value === '' ? 'empty' : value}`,
  );
  return each.length === 0 ? '' : `, where ${each.join(' and ')}`;
}

function heldBy({ holders, filter }: ShownVerdict): string {
  if (holders.length === 0) return '';
  const amount = (holder: ShownHolder): string => {
    if (filter === 'memory') return `, ${holder.memory} MiB`;
    if (filter === 'gpus') return `, ${plural(holder.gpus ?? 0, 'GPU')}`;
    return filter === 'cpu' ? `, ${holder.cpu} units` : '';
  };
  const each = holders.map(
    (one) => `${shortId(lastPart(one.taskArn))} (${one.taskDefinition}${amount(one)})`,
  );
  return `; held by the ${each.length === 1 ? 'task' : 'tasks'} ${each.join(', ')}`;
}

/** `1 instance`, `2 instances`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
