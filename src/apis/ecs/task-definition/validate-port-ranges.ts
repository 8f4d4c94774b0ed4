// Ranges of container ports, whose host ports the agent chooses.
import type { GivenContainer } from './given.ts';
import { rule } from './rule.ts';

type Mapping = NonNullable<GivenContainer['portMappings']>[number];

interface Span {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

const rangeLimit = 100;

/** Whether the mapping is one of a range. */
export const isPortRange = (mapping: Mapping): boolean => mapping.containerPortRange !== undefined;

/** Throws ClientException for a range that is malformed, in a mode without ranges, or overlaps other ports. */
export function validatePortRanges(containers: readonly GivenContainer[], networkMode: string): void {
  const task: Span[] = [];
  for (const container of containers) {
    const ranges = (container.portMappings ?? []).filter(isPortRange);
    rule(
      ranges.length <= rangeLimit,
      `Container '${container.name}' can have a maximum of ${rangeLimit} container port ranges.`,
    );
    rule(
      ranges.length === 0 || networkMode === 'bridge' || networkMode === 'awsvpc',
      `'containerPortRange' is not supported when networkMode=${networkMode}.`,
    );
    // In bridge mode each container has its own ports; in awsvpc mode they share one network.
    const others = networkMode === 'awsvpc' ? task : [];
    for (const mapping of container.portMappings ?? []) {
      const span = spanOf(container, mapping);
      refuseOverlap(span, others);
      others.push(span);
    }
  }
}

/** Of two single ports the rules of single ports speak. */
function refuseOverlap(span: Span, others: readonly Span[]): void {
  const overlapped = others.some(
    (other) =>
      (other.first < other.last || span.first < span.last) &&
      other.protocol === span.protocol &&
      other.first <= span.last &&
      span.first <= other.last,
  );
  rule(
    !overlapped,
    `Container port ${span.first}-${span.last}/${span.protocol}: the container port is used multiple times in task.`,
  );
}

function spanOf(container: GivenContainer, mapping: Mapping): Span {
  const { containerPort, hostPort, containerPortRange, protocol = 'tcp' } = mapping;
  if (containerPortRange === undefined) return { protocol, first: containerPort!, last: containerPort! };
  rule(
    containerPort === undefined && hostPort === undefined,
    `Invalid port mapping of container '${container.name}': cannot specify both single port and port range.`,
  );
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(containerPortRange);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  rule(
    first >= 1 && first < last && last <= 65535,
    `Invalid 'containerPortRange' setting for container '${container.name}': '${containerPortRange}'.`,
  );
  return { protocol, first, last };
}
