// An access key as it goes out: without its secret.
import type { AccessKey } from '../../aws/iam/state/access-key.ts';
import type { ShownKey } from '../contract.ts';
import { lastPart } from '../../lib/arn.ts';

export const presentKey = ({ accessKeyId, status, principalArn, createdAt }: AccessKey): ShownKey => ({
  accessKeyId,
  status,
  userName: lastPart(principalArn),
  createdAt: createdAt / 1000,
});
