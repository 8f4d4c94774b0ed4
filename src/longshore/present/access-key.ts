// An access key as it goes out: without its secret.
import { kindOf, type AccessKey } from '../../aws/iam/state/access-key/access-key.ts';
import type { ShownKey } from '../contract.ts';
import { lastPart } from '../../lib/arn.ts';

export function presentKey(key: AccessKey): ShownKey {
  const { accessKeyId, status, principalArn, clusterArn, createdAt } = key;
  return {
    accessKeyId,
    status,
    userName: lastPart(principalArn),
    kind: kindOf(key),
    ...(clusterArn !== undefined && { clusterArn }),
    createdAt: createdAt / 1000,
  };
}
