// What a container asks of the Linux kernel: capabilities, devices, memory, limits and kernel parameters.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { capabilityNames, tmpfsOptionNames } from './linux-names.ts';
import { between, firstRepeated, rule } from './rule.ts';

/** Problems: names that Linux does not have and amounts out of bounds. */
export function* linuxProblems(container: ContainerInput, input: DefinitionInput): Iterable<string> {
  const { linuxParameters = {} } = container;
  const { capabilities = {}, tmpfs = [], sharedMemorySize, maxSwap, swappiness } = linuxParameters;
  for (const name of [...(capabilities.add ?? []), ...(capabilities.drop ?? [])]) {
    yield* rule(capabilityNames.has(name), `Invalid capability '${name}' for container '${container.name}'.`);
  }
  yield* between(container, 'linuxParameters.sharedMemorySize', sharedMemorySize, 0, 2_147_483_647);
  yield* between(container, 'linuxParameters.maxSwap', maxSwap, 0, 2_147_483_647);
  yield* between(container, 'linuxParameters.swappiness', swappiness, 0, 100);
  for (const mount of tmpfs) {
    yield* between(container, 'linuxParameters.tmpfs.size', mount.size, 1, 2_147_483_647);
    for (const option of mount.mountOptions ?? []) {
      yield* rule(
        tmpfsOptionNames.has(option.split('=')[0]!),
        `Invalid tmpfs mount option '${option}' for container '${container.name}'.`,
      );
    }
  }
  yield* ulimitProblems(container);
  yield* systemControlProblems(container, input);
}

function* ulimitProblems({ name, ulimits = [] }: ContainerInput): Iterable<string> {
  const repeated = firstRepeated(ulimits.map((limit) => limit.name));
  yield* rule(repeated === undefined, `Container '${name}' has the ulimit '${repeated}' twice.`);
  for (const { name: limit, softLimit = 0, hardLimit = 0 } of ulimits) {
    yield* rule(
      softLimit >= -1 && hardLimit >= -1,
      `The ulimit '${limit}' of container '${name}' is negative.`,
    );
    // -1 is no limit at all.
    yield* rule(
      hardLimit === -1 || (softLimit !== -1 && softLimit <= hardLimit),
      `The softLimit of ulimit '${limit}' of container '${name}' must not exceed its hardLimit.`,
    );
  }
}

const ipcControl =
  /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\..+)$/;
const networkControl = /^net\..+$/;

function* systemControlProblems(
  { name, systemControls = [] }: ContainerInput,
  input: DefinitionInput,
): Iterable<string> {
  for (const { namespace = '', value } of systemControls) {
    const what = `The systemControls namespace '${namespace}' of container '${name}'`;
    yield* rule(
      ipcControl.test(namespace) || networkControl.test(namespace),
      `${what} is invalid. It belongs to IPC or begins with 'net.'.`,
    );
    yield* rule(value !== undefined && value !== '', `${what} has no value.`);
    yield* rule(
      input.networkMode !== 'host' || !networkControl.test(namespace),
      `${what} is not supported when networkMode=host.`,
    );
    yield* rule(
      input.ipcMode !== 'host' || !ipcControl.test(namespace),
      `${what} is not supported when ipcMode=host.`,
    );
  }
  const repeated = firstRepeated(systemControls.map(({ namespace }) => namespace));
  yield* rule(
    repeated === undefined,
    `Container '${name}' has the systemControls namespace '${repeated}' twice.`,
  );
}
