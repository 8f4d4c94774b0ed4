import type { ReadTransaction } from '../../../../store/store.ts';
import type { Caller } from '../../../../wire/caller.ts';
import { repositoryNotFound } from '../../errors.ts';
import { repositoryArn } from '../../state/arn.ts';
import { repositories } from '../../state/repository/repositories.ts';
import type { Repository } from '../../state/repository/repository.ts';

interface Reference {
  readonly repositoryName: string;
  readonly registryId?: string | undefined;
}

/** The repository of that name; throws RepositoryNotFoundException, also for one in the registry of another account. */
export function repositoryOf(
  tx: ReadTransaction,
  caller: Caller,
  { repositoryName: name, registryId: accountId = caller.accountId }: Reference,
): Repository {
  const own = accountId === caller.accountId;
  const found = own ? tx.table(repositories).get(repositoryArn(caller, name)) : undefined;
  if (found === undefined) throw repositoryNotFound({ name, accountId });
  return found;
}

/** The repository of an ARN; throws RepositoryNotFoundException. */
export function repositoryOfArn(tx: ReadTransaction, { accountId }: Caller, arn: string): Repository {
  const found = tx.table(repositories).get(arn);
  if (found?.accountId !== accountId)
    throw repositoryNotFound({ name: arn.split(':repository/')[1] ?? arn, accountId });
  return found;
}
