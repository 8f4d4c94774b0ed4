// The amounts that one container may ask for.
import { rule } from './rule.ts';

interface Amounts {
  readonly name?: string | undefined;
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly memoryReservation?: number | undefined;
}

/** Problems: amounts that a container cannot have; they are those after overrides where a task is run. */
export function* memoryProblems(
  { name, cpu, memory, memoryReservation }: Amounts,
  taskHasMemory: boolean,
): Iterable<string> {
  const setting = `Invalid setting for container '${name}'.`;
  yield* rule(
    taskHasMemory || memory || memoryReservation,
    `${setting} At least one of 'memory' or 'memoryReservation' must be specified.`,
  );
  yield* rule((memory || 6) >= 6, `${setting} Memory must be at least 6 MiB.`);
  yield* rule(
    (memoryReservation ?? 0) >= 0 && (cpu ?? 0) >= 0,
    `${setting} 'cpu' and 'memoryReservation' must not be negative.`,
  );
  yield* rule(
    !memory || !memoryReservation || memory >= memoryReservation,
    `${setting} 'memory' must not be less than 'memoryReservation'.`,
  );
}
