// The rules of a container definition that need no other container.
import type { Given, GivenContainer } from './given.ts';
import { between, rule } from './rule.ts';
import { validateAccelerators } from './validate-accelerators.ts';
import { validateEnvironment } from './validate-environment.ts';
import { validateLinux } from './validate-linux.ts';
import { validateLogging } from './validate-logging.ts';
import { validateMemory } from './validate-memory.ts';
import { validateNetwork } from './validate-network.ts';
import { validateSecurity } from './validate-security.ts';
import { validateTimes } from './validate-times.ts';

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** Throws ClientException for the first rule that `container` of `given` breaks. */
export function validateContainer(container: GivenContainer, given: Given): void {
  rule(container.name, 'Container.name should not be null or empty.');
  rule(
    namePattern.test(container.name),
    `Invalid container name '${container.name}'. Use 1 to 255 letters, numbers, hyphens or underscores.`,
  );
  validateImage(container.image);
  validateMemory(container, Boolean(given.memory));
  validateTimes(container);
  validateEnvironment(container, given);
  validateLogging(container);
  validateNetwork(container, given);
  validateLinux(container, given);
  validateSecurity(container);
  validateAccelerators(container, given);
  validateRestartPolicy(container);
}

function validateImage(image: string | undefined): void {
  rule(image, 'Container.image should not be null or empty.');
  const [name = '', digest] = image.split('@');
  rule(
    /^[A-Za-z0-9_./:#@-]+$/.test(image) && name.length <= 255,
    `Container.image contains invalid characters or is too long: '${image}'.`,
  );
  rule(
    digest === undefined || !digest.startsWith('sha256:') || /^sha256:[0-9a-f]{64}$/.test(digest),
    `Container.image has an invalid digest: '${image}'. A digest is sha256: and 64 hexadecimal digits.`,
  );
}

const ignoredExitCodesLimit = 50;

function validateRestartPolicy({ name, restartPolicy }: GivenContainer): void {
  const { restartAttemptPeriod: period, ignoredExitCodes = [] } = restartPolicy ?? {};
  rule(
    period === undefined || (period >= 60 && period <= 1800),
    `Invalid setting: the 'restartAttemptPeriod' setting for container '${name}' must be between 60 and 1800.`,
  );
  between({ name }, 'number of ignoredExitCodes', ignoredExitCodes.length, 0, ignoredExitCodesLimit);
}
