// DescribeLifecycleConfiguration: the lifecycle policies as they were given.
import type { EfsOperation } from '../../efs.ts';
import { findFileSystem } from '../resolve/find.ts';

export const describeLifecycleConfiguration: EfsOperation<'DescribeLifecycleConfiguration'> = (
  efs,
  input,
  call,
) =>
  efs.store.view((tx) => ({
    LifecyclePolicies: findFileSystem(tx, call, input.FileSystemId).lifecyclePolicies,
  }));
