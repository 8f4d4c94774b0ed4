// A query that was saved by name.

export interface QueryDefinition {
  readonly version: number;
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
  /** Epoch ms. */
  readonly modifiedAt: number;
}
