// Why a container instance cannot take a task, as data: each filter of placement has figures of its own.

export interface Rejection {
  /** The name of the filter that refused. */
  readonly filter: string;
  /** ECS's reason, as in `failures[].reason`. */
  readonly reason: string;
  /** What the filter looked at: plain data. */
  readonly [figure: string]: unknown;
}
