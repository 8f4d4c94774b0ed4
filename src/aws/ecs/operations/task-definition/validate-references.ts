// What containers say of each other and of volumes must exist, and must have an order in which it can start.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { rule } from './rule.ts';

/** Problems: a reference to nothing, a condition that can never hold, or a circle. */
export function* referenceProblems({
  containerDefinitions = [],
  volumes = [],
}: DefinitionInput): Iterable<string> {
  const byName = new Map(containerDefinitions.map((container) => [container.name!, container]));
  const volumeNames = new Set(volumes.map((volume) => volume.name));
  for (const container of containerDefinitions) {
    for (const { sourceVolume, containerPath } of container.mountPoints ?? []) {
      yield* rule(volumeNames.has(sourceVolume), `Unknown volume '${sourceVolume ?? ''}'.`);
      yield* rule(containerPath, `Container '${container.name}' has a mount point without a containerPath.`);
    }
    yield* nameProblems(container, byName);
    yield* conditionProblems(container, byName);
  }
  yield* circleProblems(byName);
}

function* nameProblems(
  container: ContainerInput,
  byName: ReadonlyMap<string, ContainerInput>,
): Iterable<string> {
  const isOther = (name: string): boolean => byName.has(name) && name !== container.name;
  for (const name of links(container)) {
    yield* rule(
      isOther(name),
      `Invalid 'links' setting for container '${container.name}'. Unknown container: '${name}'.`,
    );
  }
  for (const { sourceContainer = '' } of container.volumesFrom ?? []) {
    yield* rule(
      isOther(sourceContainer),
      `Invalid 'volumesFrom' setting. Unknown container: '${sourceContainer}'.`,
    );
  }
  for (const { containerName = '' } of container.dependsOn ?? []) {
    if (containerName === container.name) yield `Container '${containerName}' cannot depend on itself.`;
    else if (!isOther(containerName))
      yield `Cannot depend on container ${containerName} because it does not exist.`;
  }
}

const links = (container: ContainerInput): string[] =>
  (container.links ?? []).map((link) => link.split(':')[0]!);

/** The containers that must be there before this one. */
const referenced = (container: ContainerInput): string[] => [
  ...links(container),
  ...(container.volumesFrom ?? []).map((from) => from.sourceContainer ?? ''),
  ...(container.dependsOn ?? []).map((dependency) => dependency.containerName ?? ''),
];

function* conditionProblems(
  container: ContainerInput,
  byName: ReadonlyMap<string, ContainerInput>,
): Iterable<string> {
  for (const { containerName, condition } of container.dependsOn ?? []) {
    const target = byName.get(containerName ?? '');
    if (!target) continue;
    yield* rule(
      (condition !== 'COMPLETE' && condition !== 'SUCCESS') || target.essential === false,
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.',
    );
    yield* rule(
      condition !== 'HEALTHY' || target.healthCheck,
      'A dependency container with HEALTHY condition must have health check configured.',
    );
  }
}

/** Far more than a definition may have: what has as many is refused for that. */
const maxContainers = 100;

/** One with itself is told as a reference. */
function* circleProblems(byName: ReadonlyMap<string, ContainerInput>): Iterable<string> {
  const done = new Set<string>();
  function* visit(name: string, path: readonly string[]): Iterable<string> {
    if (path.includes(name)) {
      yield `The containers have a circular dependency: ${[...path, name].join(' -> ')}.`;
      return;
    }
    const container = byName.get(name);
    if (!container || done.has(name) || path.length > maxContainers) return;
    for (const other of referenced(container)) if (other !== name) yield* visit(other, [...path, name]);
    done.add(name);
  }
  for (const name of byName.keys()) yield* visit(name, []);
}
