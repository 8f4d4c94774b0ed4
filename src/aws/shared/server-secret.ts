// A secret of the server's own, made once and kept: never presented, never logged.

export interface ServerSecret {
  readonly version: number;
  /** What it is for, e.g. `pages`. */
  readonly name: string;
  /** 32 random bytes in base64. */
  readonly value: string;
}
