// What Longshore's agent tells of a failed task beyond ECS's members: reasons in full, and the last lines of its containers.
// Both sides hold to the limits: the agent so that a report is never too large, the control plane so that no agent fills its disk.

/** One container's part. Container names are those of the task definition. */
export interface ContainerEvidence {
  readonly containerName: string;
  /** In full, where ECS's member holds only its beginning. */
  readonly reason?: string | undefined;
  /** Oldest first; absent where they could not be had. */
  readonly lastLogLines?: readonly string[] | undefined;
  /** Why there are no lines. */
  readonly logProblem?: string | undefined;
}

export interface FailureEvidence {
  /** The task's own reason in full, where ECS's member holds only its beginning. */
  readonly reason?: string | undefined;
  readonly containers: readonly ContainerEvidence[];
}

/** The most lines of a container. */
export const maxLogLines = 50;
/** Characters of one line, and of one reason; the rest is cut off. */
const maxLineLength = 4096;
const maxReasonLength = 16_384;
/** Bytes of all lines of a task, as JSON: a report must stay well below the 1 MiB that a request may have. */
const maxBytes = 256 * 1024;

/** `evidence` within the limits: the newest lines stay, long ones are cut, and containers share the room evenly. */
export function withinLimits({ reason, containers }: FailureEvidence): FailureEvidence {
  const room = maxBytes / Math.max(1, containers.filter(({ lastLogLines }) => lastLogLines).length);
  return {
    ...(reason !== undefined && { reason: reason.slice(0, maxReasonLength) }),
    containers: containers.map((container) => ({
      containerName: container.containerName,
      ...(container.reason !== undefined && { reason: container.reason.slice(0, maxReasonLength) }),
      ...(container.lastLogLines && { lastLogLines: newestLines(container.lastLogLines, room) }),
      ...(container.logProblem !== undefined && { logProblem: container.logProblem.slice(0, maxLineLength) }),
    })),
  };
}

function newestLines(lines: readonly string[], room: number): readonly string[] {
  const kept: string[] = [];
  let left = room;
  for (const line of lines.slice(-maxLogLines).reverse()) {
    const cut = line.length > maxLineLength ? `${line.slice(0, maxLineLength - 1)}…` : line;
    left -= Buffer.byteLength(JSON.stringify(cut)) + 1;
    if (left < 0) break;
    kept.push(cut);
  }
  return kept.reverse();
}
