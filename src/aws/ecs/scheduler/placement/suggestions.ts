// What could be changed so that an instance takes a task. Each follows from the numbers of an instance where nothing else
// is in the way; what would not be enough by itself is not suggested.
import { groupAttribute } from '../../state/instance/instance-group.ts';
import { instanceTitle } from '../../state/instance/instance-title.ts';
import type { AmountRejection, PortRejection } from '../../state/placement-attempt/rejection.ts';
import type { ContainerDefinition, TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { UnsupportedFeature } from '../../state/task-definition/unsupported-features.ts';
import type { Holder, VerdictGroup, VerdictLine } from '../../state/placement-attempt/verdict-group.ts';
import { attributeText, detailOf } from './detail.ts';
import type { Ask } from './filter.ts';
import { agentNeeds, isOfPlatform, labelFor } from './missing-attribute.ts';
import type { Suggestion } from './suggestion.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** Docker's least memory of a container, MiB: below it nothing can be lowered to. */
const leastMemory = 6;

/** In what an amount is counted. */
const unitOf = (kind: AmountRejection['filter'], amount: number): string =>
  kind === 'memory' ? 'MiB' : `${kind === 'cpu' ? 'CPU unit' : 'GPU'}${amount === 1 ? '' : 's'}`;

/**
 * The suggestions, the least intrusive first; `groups` as they are now, nearest instances first; `scalingGroups` are those
 * of the capacity providers that the task is bound to.
 */
export function suggestionsFor(
  definition: TaskDefinition,
  ask: Ask,
  groups: readonly VerdictGroup[],
  scalingGroups: readonly string[] = [],
): readonly Suggestion[] {
  const nearest = groups.flatMap(({ lines }) => lines.slice(0, 1));
  const alone = nearest.filter(({ further }) => further.length === 0);
  const found = alone.flatMap((line) => forLine(definition, ask, line));
  const several = alone.length === 0 ? nearest.slice(0, 1).map(severalReasons) : [];
  return [...found, ...several, { kind: 'add', text: `Add an instance ${wanted(ask, scalingGroups)}.` }];
}

/** The only thing to do about what no instance can run. */
export function withoutUnsupported(
  { family }: TaskDefinition,
  unsupported: readonly UnsupportedFeature[],
): Suggestion {
  const each = unsupported.map(({ feature, instead }) => (instead ? `${feature} (use ${instead})` : feature));
  return {
    kind: 'change',
    text: `Register ${family} again without ${each.join(', ')}: no instance can run these.`,
  };
}

function forLine(definition: TaskDefinition, ask: Ask, line: VerdictLine): Suggestion[] {
  const { rejection } = line;
  const name = instanceTitle(line);
  switch (rejection.filter) {
    case 'cpu':
    case 'memory':
    case 'gpus':
      return [...lower(definition, rejection, name), ...free(line, rejection, name)];
    case 'ports':
    case 'portsUdp':
      return port(line, rejection, name, ask.group);
    case 'attributes':
      return [labelFor(rejection.attribute, definition, name)];
    case 'memberOf': {
      const text = `Change the constraint ${rejection.expression}${changeable(rejection.expression)}; nothing else prevents placement on ${name}.`;
      return [{ kind: 'change', text }];
    }
    case 'distinctInstance': {
      const text = `Remove distinctInstance, or run at most one task of the group ${ask.group} on each instance that can run it.`;
      return [{ kind: 'change', text }];
    }
    case 'capacityProvider': {
      const text = `Run it with another capacity provider strategy, or without one: nothing but ${rejection.providers.join(', ')} prevents placement on ${name}.`;
      return [{ kind: 'change', text }];
    }
    case 'agentConnected':
      return [{ kind: 'connect', text: `Start the agent of ${name}, or find out why it does not connect.` }];
    case 'engineAnswers':
      return [
        {
          kind: 'connect',
          text: `Start the container engine of ${name}, or find out why it does not answer.`,
        },
      ];
    case 'status': {
      const text = `Set ${name} to ACTIVE again (UpdateContainerInstancesState): nothing else prevents placement there.`;
      return [{ kind: 'activate', text }];
    }
  }
}

/** Of all that a query can ask for, users set attributes themselves. */
const changeable = (expression: string): string =>
  expression.includes('attribute:') ? ', or the attributes of an instance (PutAttributes)' : '';

function lower(definition: TaskDefinition, rejection: AmountRejection, name: string): Suggestion[] {
  const { filter, asked, available } = rejection;
  if (available < Math.max(1, leastOf(definition, filter))) return [];
  const unit = unitOf(filter, available);
  const instead = hasHardLimitOnly(definition, filter) ? ', or give it a memoryReservation of that size' : '';
  const text = `Lower ${parameter(definition, filter)} from ${asked} to ${available} ${unit} or less${instead}: that much is free on ${name}.`;
  return [{ kind: 'lower', text }];
}

/** Below which every container of the definition cannot have its part. */
function leastOf({ containerDefinitions }: TaskDefinition, amount: AmountRejection['filter']): number {
  if (amount === 'memory') return leastMemory * containerDefinitions.length;
  return amount === 'gpus' ? containerDefinitions.filter(asksForGpus).length : 0;
}

const asksForGpus = ({ resourceRequirements = [] }: ContainerDefinition): boolean =>
  resourceRequirements.some(({ type }) => type === 'GPU');

/** Whether a soft limit beside it would count in place of the hard one. */
const hasHardLimitOnly = (definition: TaskDefinition, amount: AmountRejection['filter']): boolean =>
  amount === 'memory' &&
  definition.memory === undefined &&
  definition.containerDefinitions.length === 1 &&
  !definition.containerDefinitions[0]!.memoryReservation;

/** What to lower, in the words of the definition. */
function parameter(definition: TaskDefinition, amount: AmountRejection['filter']): string {
  const title = `${definition.family}:${definition.revision}`;
  if (amount === 'gpus') return `resourceRequirements (GPU) of ${title}`;
  if (definition[amount] !== undefined) return `${amount} of ${title}`;
  const [only, ...others] = definition.containerDefinitions;
  if (others.length > 0)
    return `the sum over the containers of ${title} (${amount === 'cpu' ? 'cpu' : 'memoryReservation, or memory where it is not set'})`;
  const member = amount === 'memory' && only?.memoryReservation ? 'memoryReservation' : amount;
  return `${member} of the container ${only?.name ?? ''} of ${title}`;
}

/** The smallest of the holders that alone gives back enough. */
function free(
  { holders }: VerdictLine,
  { filter, asked, available }: AmountRejection,
  name: string,
): Suggestion[] {
  const enough = holders.findLast((holder) => (holder[filter] ?? 0) >= asked - available);
  if (!enough) return [];
  const text = `Stop or move the task ${holderText(enough)} on ${name}: it holds ${enough[filter]} ${unitOf(filter, enough[filter] ?? 0)}.`;
  return [{ kind: 'stop', text }];
}

/** `1a2b… (web:3, service:web)` */
const holderText = ({ taskArn, taskDefinition, group }: Holder): string =>
  `${lastPart(taskArn)} (${taskDefinition}, ${group})`;

function port(
  { holders }: VerdictLine,
  { port: number, protocol }: PortRejection,
  name: string,
  group: string,
): Suggestion[] {
  const text = `Use a host port other than ${protocol} ${number}, or hostPort 0 to let the agent choose one.`;
  const [holder] = holders;
  const stop = holder && {
    kind: 'stop' as const,
    text:
      group.startsWith('service:') && holder.group === group
        ? `The service's own task ${lastPart(holder.taskArn)} holds the host port ${number} of ${name}: lower minimumHealthyPercent (0 for a single task), so that it may stop before the new one starts.`
        : `Stop or move the task ${holderText(holder)} on ${name}: it holds the host port ${number}.`,
  };
  return [{ kind: 'change', text }, ...(stop ? [stop] : [])];
}

function severalReasons(line: VerdictLine): Suggestion {
  const all = [line.rejection, ...line.further].map(detailOf).join('; ');
  return {
    kind: 'several',
    text: `No single change is enough. The nearest is ${instanceTitle(line)}, which would need all of these changes: ${all}.`,
  };
}

/** What an instance must offer that is to take the task for sure. */
function wanted(
  { resources, requiresAttributes, constraints }: Ask,
  scalingGroups: readonly string[],
): string {
  const ports = [
    ...resources.ports.map((number) => `tcp ${number}`),
    ...resources.portsUdp.map((number) => `udp ${number}`),
  ];
  // What every agent offers of itself says little to people; what a machine is, they can choose.
  const named = requiresAttributes
    .filter((one) => isOfPlatform(one) || !/^(com\.amazonaws\.)?ecs\./.test(one.name))
    .map(attributeText);
  const queries = constraints.flatMap((one) => (one.type === 'memberOf' ? [one.expression] : []));
  return [
    `with ${resources.cpu > 0 ? `${resources.cpu} CPU units and ` : ''}${resources.memory} MiB free`,
    ...(resources.gpus ? [`with ${resources.gpus} GPU${resources.gpus > 1 ? 's' : ''} free`] : []),
    ...(ports.length > 0
      ? [`with the host port${ports.length > 1 ? 's' : ''} ${ports.join(', ')} free`]
      : []),
    ...(named.length > 0 ? [`with the attribute${named.length > 1 ? 's' : ''} ${named.join(', ')}`] : []),
    ...agentNeeds(requiresAttributes),
    ...(scalingGroups.length > 0 ? [`with ${scalingGroups.map(groupText).join(' or ')}`] : []),
    ...queries.map((query) => `that matches ${query}`),
  ].join(', ');
}

/** What makes an instance one of an Auto Scaling group's, and so of its capacity provider. */
const groupText = (group: string): string => `the attribute ${groupAttribute}=${group}`;
