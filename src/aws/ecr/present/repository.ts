import type { Ecr } from '../ecr.ts';
import type { Presented } from '../../shared/presented.ts';
import type { ImageTagMutabilityExclusionFilter, Repository as Shown } from '../shapes.generated.ts';
import type { Repository } from '../state/repository/repository.ts';

export const presentRepository = ({ registryUrl }: Ecr, repository: Repository): Presented<Shown> => ({
  repositoryArn: repository.arn,
  registryId: repository.accountId,
  repositoryName: repository.name,
  repositoryUri: `${new URL(registryUrl()).host}/${repository.name}`,
  createdAt: repository.createdAt / 1000,
  imageTagMutability: repository.tagMutability,
  imageTagMutabilityExclusionFilters: presentExclusions(repository),
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: {
    encryptionType: repository.encryption.type,
    kmsKey: repository.encryption.kmsKey,
  },
});

/** Undefined where tags have no exclusions. */
export const presentExclusions = ({
  mutabilityExclusions,
}: Repository): ImageTagMutabilityExclusionFilter[] | undefined =>
  mutabilityExclusions.length === 0
    ? undefined
    : mutabilityExclusions.map((filter) => ({ filterType: 'WILDCARD', filter }));
