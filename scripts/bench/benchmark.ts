export interface Benchmark {
  /** As on the command line. */
  readonly name: string;
  /** Resolves with what was found; throws an Error for people when it cannot be measured here. */
  run(context: BenchContext): Promise<Finding>;
}

export interface BenchContext {
  /** As in DOCKER_HOST. */
  readonly dockerHost: string;
  /** Takes note of what is going on, for whoever waits. */
  readonly progress: (line: string) => void;
}

export interface Finding {
  readonly name: string;
  /** What is measured, from which instant to which, in sentences. */
  readonly about: string;
  readonly figures: readonly Figure[];
}

/** One figure of Longshore's, and what it is held against. */
export interface Figure {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'calls/s' | 'tasks/s' | 'commits/s' | 'events/s' | 'MiB' | 'bytes';
  readonly longshore: number;
  readonly reference?: { readonly what: string; readonly value: number } | undefined;
  /** Longshore's figure over the reference's, or what it is more, in `unit`; measured in the same run. */
  readonly compared?: { readonly as: 'ratio' | 'difference'; readonly value: number } | undefined;
  /** A bound on what is compared, or on the figure where nothing is. */
  readonly target?: { readonly max: number } | { readonly min: number } | undefined;
  /** How often measured, and whether the halves of the run agree. */
  readonly certainty?: string | undefined;
}

/** Whether a figure keeps to its target; undefined without one. */
export function isMet({ longshore, compared, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  const value = compared?.value ?? longshore;
  return 'max' in target ? value <= target.max : value >= target.min;
}
