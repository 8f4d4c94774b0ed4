// PutImageScanningConfiguration: on record only, as nothing scans images here.
import type { EcrOperation } from '../../ecr.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const putImageScanningConfiguration: EcrOperation<'PutImageScanningConfiguration'> = (
  { store },
  input,
  call,
) => {
  const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false;
  return store.update((tx) => {
    const { accountId, name } = tx.table(repositories).put({ ...repositoryOf(tx, call, input), scanOnPush });
    return {
      registryId: accountId,
      repositoryName: name,
      imageScanningConfiguration: { scanOnPush },
    };
  });
};
