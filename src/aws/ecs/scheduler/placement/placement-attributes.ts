// What an instance must have for a task of a definition: what ECS tells (requiresAttributes), and what it only acts by.
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

const namespaceSharing = 'ecs.capability.pid-ipc-namespace-sharing';

type Requiring = Pick<
  TaskDefinition,
  | 'requiresAttributes'
  | 'pidMode'
  | 'ipcMode'
  | 'cpu'
  | 'memory'
  | 'runtimePlatform'
  | 'requiresCompatibilities'
>;

/** Each name once. */
export function placementAttributes(definition: Requiring): readonly Attribute[] {
  const told = definition.requiresAttributes.filter(
    ({ name }) => name !== namespaceSharing || sharesNamespaces(definition),
  );
  const all = [...told, ...unspokenAttributes(definition)];
  return [...new Map(all.map((attribute) => [attribute.name, attribute])).values()];
}

/** Only sharing within the task needs the agent's help; `host` and `none` are the engine's own, and every agent has them. */
const sharesNamespaces = ({ pidMode, ipcMode }: Requiring): boolean =>
  pidMode === 'task' || ipcMode === 'task';

function* unspokenAttributes(definition: Requiring): Iterable<Attribute> {
  const { cpu, memory, runtimePlatform = {} } = definition;
  if (runtimePlatform.operatingSystemFamily?.startsWith('WINDOWS'))
    yield { name: 'ecs.os-type', value: 'windows' };
  // What is for Fargate sizes each task itself, on machines of any kind.
  if (definition.requiresCompatibilities?.includes('FARGATE')) return;
  if (cpu !== undefined || memory !== undefined) yield { name: 'ecs.capability.task-cpu-mem-limit' };
  const { cpuArchitecture } = runtimePlatform;
  if (cpuArchitecture) yield { name: 'ecs.cpu-architecture', value: cpuArchitecture.toLowerCase() };
}
