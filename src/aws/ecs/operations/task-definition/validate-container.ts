// The rules of a container definition that need no other container.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { between, rule } from './rule.ts';
import { acceleratorProblems } from './validate-accelerators.ts';
import { environmentProblems } from './validate-environment.ts';
import { linuxProblems } from './validate-linux.ts';
import { loggingProblems } from './validate-logging.ts';
import { memoryProblems } from './validate-memory.ts';
import { networkProblems } from './validate-network.ts';
import { securityProblems } from './validate-security.ts';
import { timeProblems } from './validate-times.ts';

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** The texts of the rules that `container` of `input` breaks, in ECS's order. */
export function* containerProblems(container: ContainerInput, input: DefinitionInput): Iterable<string> {
  if (!container.name) yield 'Container.name should not be null or empty.';
  else if (!namePattern.test(container.name))
    yield `Invalid container name '${container.name}'. Use 1 to 255 letters, numbers, hyphens or underscores.`;
  yield* imageProblems(container.image);
  yield* memoryProblems(container, Boolean(input.memory));
  yield* timeProblems(container);
  yield* environmentProblems(container, input);
  yield* loggingProblems(container);
  yield* networkProblems(container, input);
  yield* linuxProblems(container, input);
  yield* securityProblems(container);
  yield* acceleratorProblems(container, input);
  yield* restartPolicyProblems(container);
}

function* imageProblems(image: string | undefined): Iterable<string> {
  if (!image) {
    yield 'Container.image should not be null or empty.';
    return;
  }
  const [name = '', digest] = image.split('@');
  yield* rule(
    /^[A-Za-z0-9_./:#@-]+$/.test(image) && name.length <= 255,
    `Container.image contains invalid characters or is too long: '${image}'.`,
  );
  yield* rule(
    digest === undefined || !digest.startsWith('sha256:') || /^sha256:[0-9a-f]{64}$/.test(digest),
    `Container.image has an invalid digest: '${image}'. A digest is sha256: and 64 hexadecimal digits.`,
  );
}

const ignoredExitCodesLimit = 50;

function* restartPolicyProblems({ name, restartPolicy }: ContainerInput): Iterable<string> {
  const { restartAttemptPeriod: period, ignoredExitCodes = [] } = restartPolicy ?? {};
  yield* rule(
    period === undefined || (period >= 60 && period <= 1800),
    `Invalid setting: the 'restartAttemptPeriod' setting for container '${name}' must be between 60 and 1800.`,
  );
  yield* between({ name }, 'number of ignoredExitCodes', ignoredExitCodes.length, 0, ignoredExitCodesLimit);
}
