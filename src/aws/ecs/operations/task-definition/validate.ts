// The rules that ECS checks when a task definition is registered, with its texts where they are known.
import type { DefinitionInput, ContainerInput } from './input.ts';
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

/** Throws ClientException for the first rule that `input` breaks. */
export const validateTaskDefinition = (input: DefinitionInput): void =>
  refuseFirst(taskDefinitionProblems(input));

/** The texts of all rules that `input` breaks, in ECS's order, some more than once. Empty where it can be registered. */
export function* taskDefinitionProblems(input: DefinitionInput): Iterable<string> {
  const containers = input.containerDefinitions ?? [];
  yield* familyProblems(input);
  yield* lengthProblems(input);
  yield* taskLevelProblems(input);
  yield* rule(input.containerDefinitions?.length !== 0, 'Container list cannot be empty.');
  yield* rule(containers.length <= containersLimit, 'Too many containers.');
  for (const container of containers) yield* containerProblems(container, input);
  yield* requiredTypeProblems(input);
  yield* unreadableSizes(input);
  // Fargate's own sizes were checked with the launch type; these are the bounds of instances.
  if (!input.requiresCompatibilities?.includes('FARGATE')) yield* sizesOutOfBounds(input);
  yield* sizeProblems(input);
  yield* containerListProblems(containers);
  yield* windowsProblems(input);
  yield* volumeProblems(input);
  yield* portProblems(input);
  yield* referenceProblems(input);
  yield* firelensProblems(input);
  yield* proxyProblems(input);
  yield* placementProblems(input);
}

const familyProblems = ({ family }: DefinitionInput): readonly string[] =>
  rule(
    family === undefined || namePattern.test(family),
    'Family should have 1 to 255 letters, numbers, hyphens or underscores.',
  );

function* lengthProblems(input: DefinitionInput): Iterable<string> {
  const length = Buffer.byteLength(JSON.stringify(input));
  yield* rule(
    length <= lengthLimit,
    `Actual length: '${length}'. Max allowed length is '${lengthLimit}' bytes.`,
  );
}

function* containerListProblems(containers: readonly ContainerInput[]): Iterable<string> {
  yield* rule(
    firstRepeated(containers.map(({ name }) => name)) === undefined,
    'Container names must be unique within a task definition.',
  );
  yield* rule(
    containers.length === 0 || containers.some(({ essential }) => essential !== false),
    'At least one container must be marked as essential.',
  );
}

function* taskLevelProblems({
  ephemeralStorage,
  inferenceAccelerators = [],
}: DefinitionInput): Iterable<string> {
  const size = ephemeralStorage?.sizeInGiB;
  yield* rule(size === undefined || size >= 21, 'EphemeralStorage size should be at least 21');
  yield* rule(size === undefined || size <= 200, 'EphemeralStorage size should be at most 200');
  const repeated = firstRepeated(inferenceAccelerators.map(({ deviceName }) => deviceName));
  yield* rule(repeated === undefined, `The inference accelerator device name '${repeated}' is used twice.`);
}
