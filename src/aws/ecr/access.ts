// What the caller of each ECR operation must be allowed to do it to: repositories by their ARNs, with their tags and policies.
import type { Store } from '../../store/store.ts';
import type { OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { repositoryArn } from './state/arn.ts';
import { repositories } from './state/repository/repositories.ts';

const accountWide = new Set([
  'CreatePullThroughCacheRule',
  'DeletePullThroughCacheRule',
  'DeleteRegistryPolicy',
  'DescribePullThroughCacheRules',
  'DescribeRegistry',
  'GetAuthorizationToken',
  'GetRegistryPolicy',
  'PutRegistryPolicy',
  'UpdatePullThroughCacheRule',
  'ValidatePullThroughCacheRule',
]);

function named(input: Members, caller: Caller): readonly string[] {
  const { resourceArn, repositoryName, repositoryNames } = input as Readonly<Record<string, unknown>>;
  if (typeof resourceArn === 'string') return [resourceArn];
  const names = [repositoryName, repositoryNames].flat().filter((name) => typeof name === 'string');
  return names.length === 0 ? ['*'] : names.map((name) => repositoryArn(caller, name));
}

function requestTags({ tags }: Members): Tags {
  const given = (Array.isArray(tags) ? tags : []) as readonly { Key: string; Value: string }[];
  return Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
}

/** The tags and the policy of a repository, for what is done to it. */
export function repositoryAccess(store: Store): OperationAccess {
  const find = (arn: string) => store.view((tx) => tx.table(repositories).get(arn));
  return {
    resources: named,
    requestTags,
    resourceTags: (arn) => {
      const found = find(arn);
      return found && Object.fromEntries(found.tags.map(({ key, value }) => [key, value]));
    },
    resourcePolicy: (arn) => find(arn)?.policy,
  };
}

/** By operation, what `wire` asks before it runs. */
export const ecrAccess = (store: Store, operations: readonly string[]): Record<string, OperationAccess> =>
  Object.fromEntries(
    operations
      .filter((name) => !accountWide.has(name))
      .map((name): [string, OperationAccess] => [name, repositoryAccess(store)]),
  );
