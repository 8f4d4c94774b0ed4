// The amounts that one container may ask for.
import { rule } from './rule.ts';

interface Amounts {
  readonly name?: string | undefined;
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly memoryReservation?: number | undefined;
}

/** Throws ClientException for amounts that a container cannot have; they are those after overrides where a task is run. */
export function validateMemory(
  { name, cpu, memory, memoryReservation }: Amounts,
  taskHasMemory: boolean,
): void {
  const setting = `Invalid setting for container '${name}'.`;
  rule(
    taskHasMemory || memory || memoryReservation,
    `${setting} At least one of 'memory' or 'memoryReservation' must be specified.`,
  );
  rule((memory || 6) >= 6, `${setting} Memory must be at least 6 MiB.`);
  rule(
    (memoryReservation ?? 0) >= 0 && (cpu ?? 0) >= 0,
    `${setting} 'cpu' and 'memoryReservation' must not be negative.`,
  );
  rule(
    !memory || !memoryReservation || memory >= memoryReservation,
    `${setting} 'memory' must not be less than 'memoryReservation'.`,
  );
}
