// What the definition requires of an instance (requiresAttributes), and the launch type's own mark. Users give some
// attributes, agents offer others, and some are the machine's: what to do about a missing one depends on that.
import { attributeText, attributeValue, type Attribute } from '../../../../../agent-protocol/attribute.ts';
import type { InstanceUsage } from '../../../state/instance/instance-usage.ts';
import type { TaskDefinition } from '../../../state/task-definition/task-definition.ts';
import { agentNeeds, isOfPlatform, logDriverOf, officialParameter } from '../agent-needs.ts';
import type { Filter } from '../filter.ts';
import { named, onNamed, type NearestInstance } from '../nearest-instance.ts';
import { intersect, rememberedAnswers } from '../remembered-answers.ts';
import type { Suggestion } from '../suggestion.ts';

interface AttributeFigures {
  /** The first that the instance lacks: `name`, or `name=value`. */
  readonly attribute: string;
  /** What the instance has of it instead, where somebody asked why. */
  readonly found?: string | undefined;
}

const externalCapability: Attribute = { name: 'ecs.capability.external' };

export const attributes: Filter<readonly Attribute[], AttributeFigures> = {
  name: 'attributes',
  reason: 'ATTRIBUTE',
  closest: 'is missing an attribute required by your task.',
  isConstraint: true,
  needOf: ({ requiresAttributes, launchType }) =>
    someOf(launchType === 'EXTERNAL' ? withExternal(requiresAttributes) : requiresAttributes),
  reject(wanted, usage) {
    for (const one of wanted) if (!has(usage, one)) return { attribute: attributeText(one) };
    return undefined;
  },
  without: (wanted, { attribute }) => someOf(wanted.filter((one) => attributeText(one) !== attribute)),
  screen(wanted, fleet, passes) {
    intersect(
      passes,
      rememberedAnswers(fleet, wanted, '', (usage) => wanted.every((one) => has(usage, one))),
    );
    return undefined;
  },
  explained(figures, _wanted, usage) {
    const found = attributeValue(usage.instance.attributes, parsed(figures.attribute).name);
    return found === undefined ? figures : { ...figures, found };
  },
  subject: ({ attribute }) => attribute,
  detail: ({ attribute, found }) =>
    `the instance lacks the attribute ${attribute}${found === undefined ? '' : `, it has ${found || 'no value'}`}`,
  line: ({ attribute, found }, nearest) => lacking(parsed(attribute), found, nearest),
  suggest: ({ attribute }, { definition, instance }) => [remedy(parsed(attribute), definition, instance)],
  // What every agent offers of itself says little to people; what a machine is, they can choose.
  offer: (wanted) => ({
    attributes: wanted.filter((one) => isOfPlatform(one) || !isAgents(one)).map(attributeText),
    agent: agentNeeds(wanted),
  }),
};

const someOf = (wanted: readonly Attribute[]): readonly Attribute[] | undefined =>
  wanted.length === 0 ? undefined : wanted;

/** One list for each list, so that what is remembered of it is found again. */
const external = new WeakMap<readonly Attribute[], readonly Attribute[]>();

function withExternal(wanted: readonly Attribute[]): readonly Attribute[] {
  const known = external.get(wanted) ?? [...wanted, externalCapability];
  external.set(wanted, known);
  return known;
}

function has({ instance }: InstanceUsage, wanted: Attribute): boolean {
  for (const attribute of instance.attributes) {
    if (attribute.name === wanted.name && (wanted.value === undefined || attribute.value === wanted.value))
      return true;
  }
  return false;
}

/** Names have no `=`. */
function parsed(text: string): Attribute {
  const [name = '', value] = text.split(/=(.*)/s);
  return { name, value };
}

const agents = /^(com\.amazonaws\.)?ecs\./;
const isAgents = ({ name }: Attribute): boolean => agents.test(name);

const platforms: Readonly<Record<string, string>> = {
  'ecs.cpu-architecture': 'CPU architecture',
  'ecs.os-type': 'operating system',
  'ecs.os-family': 'operating system',
};

/** The attribute that is missing, and what is there in its place. */
function lacking(wanted: Attribute, found: string | undefined, nearest: NearestInstance): string {
  const { name, value } = wanted;
  const kind = platforms[name];
  if (kind !== undefined && found !== undefined)
    return `${kind} - ${nearest.taskDefinition} needs ${value}; ${named(nearest)} is ${found}`;
  const instead = found === undefined ? '' : `, which has ${found === '' ? 'no value' : `${name}=${found}`}`;
  return `the attribute ${attributeText(wanted)} is missing, ${onNamed(nearest)}${instead}`;
}

function remedy(attribute: Attribute, definition: TaskDefinition, instance: string): Suggestion {
  const off = `nothing else prevents placement on ${instance}.`;
  if (isOfPlatform(attribute))
    return {
      kind: 'change',
      text: `If its images run there too, register ${definition.family} with a runtimePlatform other than ${attribute.value?.toUpperCase()}; ${off}`,
    };
  const driver = logDriverOf(attribute);
  if (driver !== undefined)
    return {
      kind: 'label',
      text: `Use a log driver other than ${driver}, or let the agent offer it (ECS_AVAILABLE_LOGGING_DRIVERS); ${off}`,
    };
  const parameter = officialParameter(attribute);
  if (parameter !== undefined)
    return {
      kind: 'label',
      text: `Add an instance with the official agent, which ${parameter} needs, or register ${definition.family} without; ${off}`,
    };
  const text = attributeText(attribute);
  const how = isAgents(attribute)
    ? `The agent registers ${text} itself: add an instance whose agent and engine support it`
    : `Give an instance the attribute ${text} (PutAttributes)`;
  return { kind: 'label', text: `${how}; ${off}` };
}
