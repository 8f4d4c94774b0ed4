import type { Scope } from '../../../shared/scope.ts';
import { repositoryArn } from '../arn.ts';
import type { Repository } from './repository.ts';

/** A repository of which nothing is said but its name; `now` in epoch ms. */
export const defaultRepository = (
  { accountId, region }: Scope,
  name: string,
  now: number,
): Omit<Repository, 'version'> => ({
  arn: repositoryArn({ accountId, region }, name),
  accountId,
  region,
  name,
  tagMutability: 'MUTABLE',
  mutabilityExclusions: [],
  scanOnPush: false,
  encryption: { type: 'AES256', kmsKey: undefined },
  tags: [],
  createdAt: now,
});
