// What to know of a definition before it is run: what it needs of an instance, and what will not do what it seems to.
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { attributeText } from '../../../../agent-protocol/attribute.ts';
import { agentNeeds, isOfPlatform } from '../../scheduler/placement/agent-needs.ts';
import { placementAttributes } from '../../scheduler/placement/placement-attributes.ts';
import type { DefinitionInput } from './input.ts';
import { requiresAttributes } from './requires-attributes.ts';

/** Sentences; the definition may break rules. */
export function* definitionNotes(input: DefinitionInput): Iterable<string> {
  const attributes = placementAttributes({
    ...(input as Partial<TaskDefinition>),
    requiresAttributes: requiresAttributes(input),
  });
  const platform = attributes.filter(isOfPlatform).map((one) => `with the attribute ${attributeText(one)}`);
  for (const need of [...platform, ...agentNeeds(attributes)]) yield `It needs an instance ${need}.`;
  for (const { name, healthCheck } of input.containerDefinitions ?? []) {
    const [kind] = healthCheck?.command ?? [];
    if (kind === undefined || kind === 'CMD' || kind === 'CMD-SHELL') continue;
    yield `The health check of ${name ?? ''} begins with neither CMD nor CMD-SHELL, so Docker does not run it: its healthStatus stays UNKNOWN, and nothing that waits for HEALTHY continues.`;
  }
}
