// The rules that ECS checks when a task definition is registered, with its texts where they are known.
import { ApiError } from '../../../wire/errors.ts';
import type { Given, GivenContainer } from './given.ts';
import { validateLaunchTypes } from './launch-types.ts';
import { firstRepeated, rule } from './rule.ts';
import { taskSize, validateSize } from './size.ts';
import { validateContainer } from './validate-container.ts';
import { validateFirelens } from './validate-firelens.ts';
import { validatePlacement } from './validate-placement.ts';
import { validatePorts } from './validate-ports.ts';
import { validateProxy } from './validate-proxy.ts';
import { validateReferences } from './validate-references.ts';
import { validateVolumes } from './validate-volumes.ts';
import { validateWindows } from './windows.ts';

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;
/** Bytes of the whole definition as JSON. */
const lengthLimit = 64 * 1024;
const containersLimit = 10;

/** Throws ClientException for the first rule that `given` breaks. */
export function validateTaskDefinition(given: Given): void {
  for (const check of checksOf(given)) check();
}

/** The texts of the rules that `given` breaks: of each part of it the first. Empty where it can be registered. */
export function taskDefinitionProblems(given: Given): readonly string[] {
  const problems = new Set<string>();
  for (const check of checksOf(given)) {
    try {
      check();
    } catch (error) {
      // What is not there was told; a later rule may have relied on it.
      if (!(error instanceof ApiError) && problems.size === 0) throw error;
      if (error instanceof ApiError) problems.add(error.message);
    }
  }
  return [...problems];
}

/** The rules, part by part, in ECS's order. */
function* checksOf(given: Given): Iterable<() => void> {
  const containers = given.containerDefinitions ?? [];
  yield () => validateFamily(given);
  yield () => validateLength(given);
  yield () => validateTaskLevel(given);
  yield () => rule(containers.length > 0, 'Container list cannot be empty.');
  yield () => rule(containers.length <= containersLimit, 'Too many containers.');
  for (const container of containers) yield () => validateContainer(container, given);
  yield () => validateLaunchTypes(given);
  // Fargate's own sizes were checked with the launch type; these are the bounds of instances.
  if (!given.requiresCompatibilities?.includes('FARGATE')) yield () => void taskSize(given);
  yield () => validateSize(given);
  yield () => validateContainerList(containers);
  yield () => validateWindows(given);
  yield () => validateVolumes(given);
  yield () => validatePorts(given);
  yield () => validateReferences(given);
  yield () => validateFirelens(given);
  yield () => validateProxy(given);
  yield () => validatePlacement(given);
}

const validateFamily = ({ family = '' }: Given): void =>
  rule(namePattern.test(family), 'Family should have 1 to 255 letters, numbers, hyphens or underscores.');

function validateLength(given: Given): void {
  const length = Buffer.byteLength(JSON.stringify(given));
  rule(length <= lengthLimit, `Actual length: '${length}'. Max allowed length is '${lengthLimit}' bytes.`);
}

function validateContainerList(containers: readonly GivenContainer[]): void {
  rule(
    firstRepeated(containers.map(({ name }) => name)) === undefined,
    'Container names must be unique within a task definition.',
  );
  rule(
    containers.some(({ essential }) => essential !== false),
    'At least one container must be marked as essential.',
  );
}

function validateTaskLevel({ ephemeralStorage, inferenceAccelerators = [] }: Given): void {
  const size = ephemeralStorage?.sizeInGiB;
  rule(size === undefined || size >= 21, 'EphemeralStorage size should be at least 21');
  rule(size === undefined || size <= 200, 'EphemeralStorage size should be at most 200');
  const repeated = firstRepeated(inferenceAccelerators.map(({ deviceName }) => deviceName));
  rule(repeated === undefined, `The inference accelerator device name '${repeated}' is used twice.`);
}
