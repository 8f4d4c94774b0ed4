// PutLifecycleConfiguration: when files would move to other storage classes. On record: there is one class here.
import type { EfsOperation } from '../../efs.ts';
import { badRequest } from '../../errors.ts';
import type { LifecyclePolicy } from '../../shapes.generated.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { availableFileSystem } from '../resolve/find.ts';

export const putLifecycleConfiguration: EfsOperation<'PutLifecycleConfiguration'> = (efs, input, call) => {
  const lifecyclePolicies = input.LifecyclePolicies;
  checkPolicies(lifecyclePolicies);
  return efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    tx.table(fileSystems).put({ ...fileSystem, lifecyclePolicies });
    return { LifecyclePolicies: lifecyclePolicies };
  });
};

/** One transition a policy, each at most once. */
function checkPolicies(policies: readonly LifecyclePolicy[]): void {
  const transitions = policies.map((policy) => Object.keys(policy));
  if (transitions.some(({ length }) => length !== 1))
    throw badRequest('Each lifecycle policy has exactly one transition.');
  if (new Set(transitions.flat()).size < policies.length)
    throw badRequest('Each transition can be in one lifecycle policy only.');
}
