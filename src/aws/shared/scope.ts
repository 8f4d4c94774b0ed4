// Every record belongs to an (account, region).

export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

/** The key prefix of everything in `scope`. */
export const scopeKey = (scope: Scope): string => `${scope.accountId}/${scope.region}`;
