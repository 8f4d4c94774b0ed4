// The rules that ECS checks when a task definition is registered, with its texts where they are known.
import type { Given, GivenContainer } from './given.ts';
import { requiredTypeProblems } from './launch-types.ts';
import { firstRepeated, refuseFirst, rule } from './rule.ts';
import { sizeProblems, sizesOutOfBounds, unreadableSizes } from './size.ts';
import { containerProblems } from './validate-container.ts';
import { firelensProblems } from './validate-firelens.ts';
import { placementProblems } from './validate-placement.ts';
import { portProblems } from './validate-ports.ts';
import { proxyProblems } from './validate-proxy.ts';
import { referenceProblems } from './validate-references.ts';
import { volumeProblems } from './validate-volumes.ts';
import { windowsProblems } from './windows.ts';

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;
/** Bytes of the whole definition as JSON. */
const lengthLimit = 64 * 1024;
const containersLimit = 10;

/** Throws ClientException for the first rule that `given` breaks. */
export const validateTaskDefinition = (given: Given): void => refuseFirst(taskDefinitionProblems(given));

/** The texts of all rules that `given` breaks, in ECS's order, some more than once. Empty where it can be registered. */
export function* taskDefinitionProblems(given: Given): Iterable<string> {
  const containers = given.containerDefinitions ?? [];
  yield* familyProblems(given);
  yield* lengthProblems(given);
  yield* taskLevelProblems(given);
  yield* rule(given.containerDefinitions?.length !== 0, 'Container list cannot be empty.');
  yield* rule(containers.length <= containersLimit, 'Too many containers.');
  for (const container of containers) yield* containerProblems(container, given);
  yield* requiredTypeProblems(given);
  yield* unreadableSizes(given);
  // Fargate's own sizes were checked with the launch type; these are the bounds of instances.
  if (!given.requiresCompatibilities?.includes('FARGATE')) yield* sizesOutOfBounds(given);
  yield* sizeProblems(given);
  yield* containerListProblems(containers);
  yield* windowsProblems(given);
  yield* volumeProblems(given);
  yield* portProblems(given);
  yield* referenceProblems(given);
  yield* firelensProblems(given);
  yield* proxyProblems(given);
  yield* placementProblems(given);
}

const familyProblems = ({ family }: Given): readonly string[] =>
  rule(
    family === undefined || namePattern.test(family),
    'Family should have 1 to 255 letters, numbers, hyphens or underscores.',
  );

function* lengthProblems(given: Given): Iterable<string> {
  const length = Buffer.byteLength(JSON.stringify(given));
  yield* rule(
    length <= lengthLimit,
    `Actual length: '${length}'. Max allowed length is '${lengthLimit}' bytes.`,
  );
}

function* containerListProblems(containers: readonly GivenContainer[]): Iterable<string> {
  yield* rule(
    firstRepeated(containers.map(({ name }) => name)) === undefined,
    'Container names must be unique within a task definition.',
  );
  yield* rule(
    containers.length === 0 || containers.some(({ essential }) => essential !== false),
    'At least one container must be marked as essential.',
  );
}

function* taskLevelProblems({ ephemeralStorage, inferenceAccelerators = [] }: Given): Iterable<string> {
  const size = ephemeralStorage?.sizeInGiB;
  yield* rule(size === undefined || size >= 21, 'EphemeralStorage size should be at least 21');
  yield* rule(size === undefined || size <= 200, 'EphemeralStorage size should be at most 200');
  const repeated = firstRepeated(inferenceAccelerators.map(({ deviceName }) => deviceName));
  yield* rule(repeated === undefined, `The inference accelerator device name '${repeated}' is used twice.`);
}
