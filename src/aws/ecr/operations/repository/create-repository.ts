// CreateRepository: makes a repository; a name is used once in an account and region.
import type { EcrOperation } from '../../ecr.ts';
import { broken, limitExceeded, repositoryExists } from '../../errors.ts';
import { presentRepository } from '../../present/repository.ts';
import type { EncryptionConfiguration } from '../../shapes.generated.ts';
import { defaultRepository } from '../../state/repository/default-repository.ts';
import { repositories } from '../../state/repository/repositories.ts';
import type { Encryption } from '../../state/repository/repository.ts';
import { newTags } from '../tag/tags.ts';
import { mutabilityOf } from './mutability.ts';

const namePattern = '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*';
const nameExpression = new RegExp(`^${namePattern}$`);
/** ECR's quota of a registry. */
const maxRepositories = 100_000;

export const createRepository: EcrOperation<'CreateRepository'> = (ecr, input, call) => {
  const { repositoryName: name } = input;
  checkName(name);
  const row = {
    ...defaultRepository(call, name, call.now),
    ...mutabilityOf(input.imageTagMutability, input.imageTagMutabilityExclusionFilters),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: encryptionOf(input.encryptionConfiguration),
    tags: newTags(input.tags),
  };
  return ecr.store.update((tx) => {
    if (tx.table(repositories).get(row.arn) !== undefined) throw repositoryExists(row);
    if (tx.table(repositories).count('scope', call) >= maxRepositories)
      throw limitExceeded(`A registry can have a maximum of ${maxRepositories} repositories.`);
    return { repository: presentRepository(ecr, tx.table(repositories).put(row)) };
  });
};

function checkName(name: string): void {
  if (name.length < 2) throw broken('repositoryName', 'must have length greater than or equal to 2');
  if (name.length > 256) throw broken('repositoryName', 'must have length less than or equal to 256');
  if (!nameExpression.test(name))
    throw broken('repositoryName', `must satisfy regular expression '${namePattern}'`);
}

const encryptionOf = (
  { encryptionType, kmsKey }: EncryptionConfiguration = { encryptionType: 'AES256' },
): Encryption => ({
  type: encryptionType,
  kmsKey,
});
