import type { Scope } from '../../shared/scope.ts';

/** What the registry's engine calls a repository: two of the same name in two accounts or regions are two. */
export const engineName = ({ accountId, region }: Scope, name: string): string =>
  `${accountId}/${region}/${name}`;
