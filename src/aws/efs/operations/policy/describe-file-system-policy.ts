// DescribeFileSystemPolicy: the policy as it was given.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import type { EfsOperation } from '../../efs.ts';
import { policyNotFound } from '../../errors.ts';
import { findFileSystem } from '../resolve/find.ts';

export const describeFileSystemPolicy: EfsOperation<'DescribeFileSystemPolicy'> = (efs, input, call) =>
  efs.store.view((tx) => {
    const { id, policy } = findFileSystem(tx, call, input.FileSystemId);
    if (policy === undefined) throw policyNotFound(id);
    return { FileSystemId: id, Policy: withPrincipalArns(tx, call, policy) };
  });
