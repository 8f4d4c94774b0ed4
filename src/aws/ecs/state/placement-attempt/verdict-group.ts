// What many instances say against one task, put together, as an attempt keeps it.
import type { NamedInstance } from '../instance/instance-title.ts';
import type { Rejection } from './rejection.ts';

/** A task that holds what another asks for. */
export interface BlockingTask {
  readonly taskArn: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly group: string;
  readonly cpu: number;
  readonly memory: number;
  /** How many GPUs; absent is none. */
  readonly gpus?: number | undefined;
}

/** One instance that is kept of a group. */
export interface VerdictLine extends NamedInstance {
  readonly rejection: Rejection;
  /** What else would have to change; not looked at where the first reason was enough. */
  readonly further: readonly Rejection[];
  /** Who holds what is missing, the greatest share first. */
  readonly holders: readonly BlockingTask[];
}

/** Instances with the same reason about the same thing. */
export interface VerdictGroup {
  readonly filter: string;
  readonly reason: string;
  /** All of them, also those without a line. */
  readonly count: number;
  /** Nearest first: the fewest reasons, then the least that is missing. */
  readonly lines: readonly VerdictLine[];
}
