// An event as it is kept: what it is found by, and its record as text.

export interface TrailEvent {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /** Seconds since the epoch, as CloudTrail tells times. */
  readonly time: number;
  /** E.g. `ecs.amazonaws.com`. */
  readonly source: string;
  /** E.g. `RunTask`. */
  readonly name: string;
  readonly user: string | null;
  readonly accessKey: string | null;
  readonly readOnly: boolean;
  /** Whether its caller was told that it may not, or that nobody knows it. */
  readonly denied: boolean;
  /** The error's code, as the client was told it. */
  readonly error: string | null;
  readonly resources: readonly { readonly type: string; readonly name: string }[];
  /** The whole record, as JSON in CloudTrail's form. */
  readonly record: string;
}

/** As it comes back, with its place: later events have higher ones. */
export interface StoredEvent extends TrailEvent {
  readonly seq: number;
}
