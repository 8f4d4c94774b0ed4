// The rules that ECS checks when a task definition is registered, with its texts where they are known.
import type { Given } from './given.ts';
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
  rule(
    namePattern.test(given.family ?? ''),
    'Family should have 1 to 255 letters, numbers, hyphens or underscores.',
  );
  const length = Buffer.byteLength(JSON.stringify(given));
  rule(length <= lengthLimit, `Actual length: '${length}'. Max allowed length is '${lengthLimit}' bytes.`);
  validateTaskLevel(given);
  const containers = given.containerDefinitions ?? [];
  rule(containers.length > 0, 'Container list cannot be empty.');
  rule(containers.length <= containersLimit, 'Too many containers.');
  for (const container of containers) validateContainer(container, given);
  validateLaunchTypes(given);
  // Fargate's own sizes were checked with the launch type; these are the bounds of instances.
  if (!given.requiresCompatibilities?.includes('FARGATE')) taskSize(given);
  validateSize(given);
  rule(
    firstRepeated(containers.map(({ name }) => name)) === undefined,
    'Container names must be unique within a task definition.',
  );
  rule(
    containers.some(({ essential }) => essential !== false),
    'At least one container must be marked as essential.',
  );
  validateWindows(given);
  validateVolumes(given);
  validatePorts(given);
  validateReferences(given);
  validateFirelens(given);
  validateProxy(given);
  validatePlacement(given);
}

function validateTaskLevel({ ephemeralStorage, inferenceAccelerators = [] }: Given): void {
  const size = ephemeralStorage?.sizeInGiB;
  rule(size === undefined || size >= 21, 'EphemeralStorage size should be at least 21');
  rule(size === undefined || size <= 200, 'EphemeralStorage size should be at most 200');
  const repeated = firstRepeated(inferenceAccelerators.map(({ deviceName }) => deviceName));
  rule(repeated === undefined, `The inference accelerator device name '${repeated}' is used twice.`);
}
