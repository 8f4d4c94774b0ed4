// DescribeRepositories: those of the names, or all, in pages.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { EcrOperation } from '../../ecr.ts';
import { invalidParameter } from '../../errors.ts';
import { presentRepository } from '../../present/repository.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { pageSize } from '../page-size.ts';
import { repositoryOf } from '../resolve/repository.ts';

const maxNames = 100;

export const describeRepositories: EcrOperation<'DescribeRepositories'> = (ecr, input, call) => {
  const { repositoryNames: names, registryId, nextToken } = input;
  const size = pageSize(input.maxResults);
  if (names === undefined)
    return ecr.store.view((tx) => {
      const own = registryId === undefined || registryId === call.accountId;
      const rows = own ? tx.table(repositories).by('scope', call, afterToken('repositories', nextToken)) : [];
      const page = pageOf('repositories', rows, size, repositories.key, (row) => presentRepository(ecr, row));
      return { repositories: page.items, nextToken: page.nextToken };
    });
  if (names.length > maxNames || names.length === 0)
    throw invalidParameter(`repositoryNames should have 1 to ${maxNames} entries.`);
  if (nextToken !== undefined || input.maxResults !== undefined)
    throw invalidParameter('maxResults and nextToken cannot be used with repositoryNames.');
  return ecr.store.view((tx) => ({
    repositories: names.map((repositoryName) =>
      presentRepository(ecr, repositoryOf(tx, call, { repositoryName, registryId })),
    ),
  }));
};
