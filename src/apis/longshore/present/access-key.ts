// An access key as it goes out: without its secret.
import { lastPart } from '../../../model/arn.ts';
import type { AccessKey } from '../../../model/access-key.ts';
import type { ShownKey } from '../contract.ts';

export const presentKey = ({ accessKeyId, status, principalArn, createdAt }: AccessKey): ShownKey => ({
  accessKeyId,
  status,
  userName: lastPart(principalArn),
  createdAt: createdAt / 1000,
});
