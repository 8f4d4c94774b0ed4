// The store's own figures, as one of the benchmarks.
import type { BenchContext, Benchmark, Figure, Finding } from './benchmark.ts';
import { benchStore } from './store.ts';

export const storeBenchmark: Benchmark = { name: 'store', run };

async function run({ progress }: BenchContext): Promise<Finding> {
  progress('  commits, then a start with 5,000 instances and 100,000 tasks');
  const found = await benchStore();
  const figures: readonly Figure[] = [
    { what: 'Durable commits of one task each', unit: 'commits/s', longshore: found.commitsPerSecond1Row },
    { what: 'Durable commits of ten tasks each', unit: 'commits/s', longshore: found.commitsPerSecond10Rows },
    {
      what: `Start from the journal with ${found.tasks.toLocaleString('en')} tasks`,
      unit: 's',
      longshore: found.loadSeconds,
      target: { max: 3 },
    },
    {
      what: 'Memory of that process, at its peak',
      unit: 'MiB',
      longshore: found.peakMiB,
      target: { max: 600 },
    },
    { what: 'The rows with their indexes alone', unit: 'MiB', longshore: found.heapMiB },
    { what: 'JSON of one task', unit: 'bytes', longshore: found.bytesPerTask },
  ];
  return {
    name: 'store',
    about:
      'The store and its journal alone, without the API: 64 callers that commit and wait until it is on disk; then a ' +
      'process that does nothing but load a fleet of 5,000 instances.',
    figures,
  };
}
