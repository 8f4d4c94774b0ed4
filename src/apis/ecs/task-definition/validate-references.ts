// What containers say of each other and of volumes must exist, and must have an order in which it can start.
import type { Given, GivenContainer } from './given.ts';
import { rule } from './rule.ts';

/** Throws ClientException for a reference to nothing, a condition that can never hold, or a circle. */
export function validateReferences({ containerDefinitions = [], volumes = [] }: Given): void {
  const byName = new Map(containerDefinitions.map((container) => [container.name!, container]));
  const volumeNames = new Set(volumes.map((volume) => volume.name));
  for (const container of containerDefinitions) {
    for (const { sourceVolume, containerPath } of container.mountPoints ?? []) {
      rule(volumeNames.has(sourceVolume), `Unknown volume '${sourceVolume ?? ''}'.`);
      rule(containerPath, `Container '${container.name}' has a mount point without a containerPath.`);
    }
    validateNames(container, byName);
    validateConditions(container, byName);
  }
  refuseCircles(byName);
}

function validateNames(container: GivenContainer, byName: ReadonlyMap<string, GivenContainer>): void {
  const isOther = (name: string): boolean => byName.has(name) && name !== container.name;
  for (const name of links(container)) {
    rule(
      isOther(name),
      `Invalid 'links' setting for container '${container.name}'. Unknown container: '${name}'.`,
    );
  }
  for (const { sourceContainer = '' } of container.volumesFrom ?? []) {
    rule(isOther(sourceContainer), `Invalid 'volumesFrom' setting. Unknown container: '${sourceContainer}'.`);
  }
  for (const { containerName = '' } of container.dependsOn ?? []) {
    rule(containerName !== container.name, `Container '${containerName}' cannot depend on itself.`);
    rule(isOther(containerName), `Cannot depend on container ${containerName} because it does not exist.`);
  }
}

const links = (container: GivenContainer): string[] =>
  (container.links ?? []).map((link) => link.split(':')[0]!);

/** The containers that must be there before this one. */
const referenced = (container: GivenContainer): string[] => [
  ...links(container),
  ...(container.volumesFrom ?? []).map((from) => from.sourceContainer ?? ''),
  ...(container.dependsOn ?? []).map((dependency) => dependency.containerName ?? ''),
];

function validateConditions(container: GivenContainer, byName: ReadonlyMap<string, GivenContainer>): void {
  for (const { containerName, condition } of container.dependsOn ?? []) {
    const target = byName.get(containerName ?? '')!;
    rule(
      (condition !== 'COMPLETE' && condition !== 'SUCCESS') || target.essential === false,
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.',
    );
    rule(
      condition !== 'HEALTHY' || target.healthCheck,
      'A dependency container with HEALTHY condition must have health check configured.',
    );
  }
}

function refuseCircles(byName: ReadonlyMap<string, GivenContainer>): void {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const circle = [...path, name].join(' -> ');
    rule(!path.includes(name), `The containers have a circular dependency: ${circle}.`);
    if (done.has(name)) return;
    for (const other of referenced(byName.get(name)!)) visit(other, [...path, name]);
    done.add(name);
  };
  for (const name of byName.keys()) visit(name, []);
}
