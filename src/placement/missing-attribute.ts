// What to do about an attribute that an instance lacks: users give some, agents offer others, and some are the machine's.
import type { Attribute, TaskDefinition } from '../model/task-definition.ts';
import { attributeText } from './detail.ts';
import type { Suggestion } from './suggestion.ts';

const platform = /^ecs\.(cpu-architecture|os-type|os-family)$/;
const agents = /^(com\.amazonaws\.)?ecs\./;
const logDriver = /^com\.amazonaws\.ecs\.capability\.logging-driver\.(.+)$/;

/** Whether it says what kind of machine an instance is. */
export const isOfPlatform = ({ name }: Attribute): boolean => platform.test(name);

/** The log driver that it asks the agent for, unless every engine has it. */
export function logDriverOf({ name }: Attribute): string | undefined {
  const driver = logDriver.exec(name)?.[1];
  return driver === 'json-file' || driver === 'none' ? undefined : driver;
}

/** `name` is the instance's, which nothing else keeps the task off. */
export function labelFor(attribute: Attribute, definition: TaskDefinition, name: string): Suggestion {
  const off = `nothing else prevents placement on ${name}.`;
  const text = attributeText(attribute);
  if (isOfPlatform(attribute))
    return {
      kind: 'change',
      text: `If its images run there too, register ${definition.family} with a runtimePlatform other than ${attribute.value?.toUpperCase()}; ${off}`,
    };
  const driver = logDriver.exec(attribute.name)?.[1];
  if (driver !== undefined)
    return {
      kind: 'label',
      text: `Use a log driver other than ${driver}, or let the agent offer it (ECS_AVAILABLE_LOGGING_DRIVERS); ${off}`,
    };
  const how = agents.test(attribute.name)
    ? `The agent registers ${text} itself: add an instance whose agent and engine support it`
    : `Give an instance the attribute ${text} (PutAttributes)`;
  return { kind: 'label', text: `${how}; ${off}` };
}
