// GPUs and other devices that a container has to itself or shares.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { firstRepeated, rule } from './rule.ts';

type Requirement = NonNullable<ContainerInput['resourceRequirements']>[number];

/** Problems: a requirement that nothing could fulfil. */
export function* acceleratorProblems(
  container: Pick<ContainerInput, 'name' | 'resourceRequirements'>,
  input: Pick<DefinitionInput, 'inferenceAccelerators'>,
): Iterable<string> {
  const requirements = container.resourceRequirements ?? [];
  const invalid = `Invalid resourceRequirements for container '${container.name}'.`;
  const repeated = firstRepeated(
    requirements.filter(({ type }) => type !== 'InferenceAccelerator').map(({ type }) => type),
  );
  yield* rule(repeated === undefined, `${invalid} The type ${repeated} is given twice.`);
  const devices = new Set(input.inferenceAccelerators?.map(({ deviceName }) => deviceName));
  for (const requirement of requirements) {
    const problem = problemOf(requirement, devices);
    yield* rule(problem === undefined, `${invalid} ${problem}`);
  }
}

function problemOf({ type, value, sharingStrategy }: Requirement, devices: ReadonlySet<string | undefined>) {
  if (type === 'GPU' && sharingStrategy) {
    return value === undefined ? undefined : "Specify either 'value' or 'sharingStrategy', but not both.";
  }
  if (sharingStrategy) return "Specify 'sharingStrategy' only when the type is GPU.";
  if (type === 'GPU' && !/^([1-9]\d{0,2}|ALL)$/.test(value ?? '')) {
    return 'The value of type GPU is a number of GPUs or ALL.';
  }
  if (type === 'NeuronDevice' && value !== 'ALL') return 'The value of type NeuronDevice must be ALL.';
  if (type === 'InferenceAccelerator' && !devices.has(value)) {
    return `The device '${value ?? ''}' is not one of inferenceAccelerators.`;
  }
  return undefined;
}
