// DescribeRegistry: its id; nothing is replicated.
import type { EcrOperation } from '../../ecr.ts';

export const describeRegistry: EcrOperation<'DescribeRegistry'> = (_ecr, _input, { accountId }) => ({
  registryId: accountId,
  replicationConfiguration: { rules: [] },
});
