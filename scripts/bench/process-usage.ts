// What another process has used of the machine so far, as the kernel counts it (Linux).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** Of all its threads, in user and kernel mode. */
  readonly cpuSeconds: number;
  /** The most memory that it ever had resident. */
  readonly peakMiB: number;
}

/** Throws when there is no such process. */
export const processUsage = (pid: number): ProcessUsage =>
  usageIn(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync(`/proc/${pid}/status`, 'utf8'), ticks());

/** From the texts of /proc/<pid>/stat and /proc/<pid>/status; `ticksPerSecond` is the kernel's unit of time. */
export function usageIn(stat: string, status: string, ticksPerSecond: number): ProcessUsage {
  // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, kernel] = [Number(fields[11]), Number(fields[12])];
  const peakKiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  return { cpuSeconds: (user + kernel) / ticksPerSecond, peakMiB: peakKiB / 1024 };
}

let known: number | undefined;
const ticks = (): number => (known ??= Number(execFileSync('getconf', ['CLK_TCK']).toString()));
