// What a run of the fuzzing found, in figures and in words. Pure.
import type { ServerState } from './server-state.ts';

export interface FuzzReport {
  readonly seed: number;
  readonly requests: number;
  readonly seconds: number;
  /** How many shots of each kind came to each status. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** What must not be, the first ones in full. */
  readonly breaches: readonly string[];
  /** After every fiftieth part of the run, with the number of requests until then. */
  readonly samples: readonly Sample[];
  /** Files (connections among them) that were open before the run, and after it. */
  readonly openFiles: readonly [before: number, after: number];
  readonly commits: number;
}

export interface Sample extends ServerState {
  readonly requests: number;
}

/** MiB of memory that `requests` more take once the server is warm: the line that fits the samples of the second half. */
export function memorySlope(samples: readonly Sample[], requests: number): number {
  const warm = samples.slice(Math.floor(samples.length / 2));
  const mean = (of: (sample: Sample) => number): number =>
    warm.reduce((sum, sample) => sum + of(sample), 0) / warm.length;
  const [x, y] = [mean((sample) => sample.requests), mean((sample) => sample.rssMiB)];
  const covariance = mean((sample) => (sample.requests - x) * (sample.rssMiB - y));
  const variance = mean((sample) => (sample.requests - x) ** 2);
  return variance === 0 ? 0 : (covariance / variance) * requests;
}

const byName = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...map].sort(([one], [other]) => (one < other ? -1 : 1));

/** The report for a person. */
export function renderReport(report: FuzzReport): string {
  const { seed, requests, seconds, counts, breaches, samples, openFiles, commits } = report;
  const kinds = byName(counts).map(([kind, outcomes]) => {
    const parts = byName(outcomes).map(([status, count]) => `${status}: ${count}`);
    return `  ${kind.padEnd(26)} ${parts.join(', ')}`;
  });
  const memory = samples
    .filter((_, at) => at % 10 === 0 || at === samples.length - 1)
    .map((sample) => `${Math.round(sample.rssMiB)} (heap ${Math.round(sample.heapMiB)})`);
  return [
    `${requests} requests in ${seconds.toFixed(0)} s (${Math.round(requests / seconds)} a second), seed ${seed}`,
    ...kinds,
    `Resident memory in MiB, over the run: ${memory.join(', ')}`,
    `  in the second half ${memorySlope(samples, 10_000).toFixed(2)} MiB for each 10,000 requests; ${commits} commits are kept`,
    `Open files: ${openFiles[0]} before, ${openFiles[1]} after`,
    breaches.length === 0
      ? 'No crash, no 5xx, every well-framed request answered, and right answers afterwards, also after a restart.'
      : `${breaches.length} BREACHES\n${breaches.slice(0, 10).join('\n')}`,
  ].join('\n');
}
