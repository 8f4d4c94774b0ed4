// Ranges of container ports, whose host ports the agent chooses.
import type { ContainerInput } from './input.ts';
import { rule } from './rule.ts';

type Mapping = NonNullable<ContainerInput['portMappings']>[number];

interface Span {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

const rangeLimit = 100;

/** Whether the mapping is one of a range. */
export const isPortRange = (mapping: Mapping): boolean => mapping.containerPortRange !== undefined;

/** Problems: a range that is malformed, in a mode without ranges, or overlaps other ports. */
export function* portRangeProblems(
  containers: readonly ContainerInput[],
  networkMode: string,
): Iterable<string> {
  const task: Span[] = [];
  for (const container of containers) {
    const ranges = (container.portMappings ?? []).filter(isPortRange);
    yield* rule(
      ranges.length <= rangeLimit,
      `Container '${container.name}' can have a maximum of ${rangeLimit} container port ranges.`,
    );
    yield* rule(
      ranges.length === 0 || networkMode === 'bridge' || networkMode === 'awsvpc',
      `'containerPortRange' is not supported when networkMode=${networkMode}.`,
    );
    // In bridge mode each container has its own ports; in awsvpc mode they share one network.
    const others = networkMode === 'awsvpc' ? task : [];
    for (const mapping of container.portMappings ?? []) {
      const problems = [...rangeProblems(container, mapping)];
      yield* problems;
      if (problems.length > 0) continue;
      const span = spanOf(mapping);
      yield* overlapProblems(span, others);
      others.push(span);
    }
  }
}

/** Of two single ports the rules of single ports speak. */
function* overlapProblems(span: Span, others: readonly Span[]): Iterable<string> {
  const overlapped = others.some(
    (other) =>
      (other.first < other.last || span.first < span.last) &&
      other.protocol === span.protocol &&
      other.first <= span.last &&
      span.first <= other.last,
  );
  yield* rule(
    !overlapped,
    `Container port ${span.first}-${span.last}/${span.protocol}: the container port is used multiple times in task.`,
  );
}

function* rangeProblems(container: ContainerInput, mapping: Mapping): Iterable<string> {
  if (!isPortRange(mapping)) return;
  const { containerPort, hostPort, containerPortRange } = mapping;
  yield* rule(
    containerPort === undefined && hostPort === undefined,
    `Invalid port mapping of container '${container.name}': cannot specify both single port and port range.`,
  );
  const { first, last } = spanOf(mapping);
  yield* rule(
    first >= 1 && first < last && last <= 65535,
    `Invalid 'containerPortRange' setting for container '${container.name}': '${containerPortRange}'.`,
  );
}

/** NaN for what is no port: it overlaps nothing. */
function spanOf({ containerPort, containerPortRange, protocol = 'tcp' }: Mapping): Span {
  if (containerPortRange === undefined) {
    const port = containerPort ?? NaN;
    return { protocol, first: port, last: port };
  }
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(containerPortRange);
  return { protocol, first: Number(match?.[1]), last: Number(match?.[2]) };
}
