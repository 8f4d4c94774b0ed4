import { lastPart } from '../../../../lib/arn.ts';
import { accessKeyNotFound } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { accessKeyUses } from '../../state/access-key/access-key-uses.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';

export const getAccessKeyLastUsed: IamOperation<'GetAccessKeyLastUsed'> = (
  { store },
  { AccessKeyId: id },
  { accountId },
) =>
  store.view((tx) => {
    const key = tx.table(accessKeys).get(id);
    if (key?.accountId !== accountId) throw accessKeyNotFound(id);
    const use = tx.table(accessKeyUses).get(id);
    return {
      UserName: lastPart(key.principalArn),
      AccessKeyLastUsed: {
        ServiceName: use?.service ?? 'N/A',
        Region: use?.region ?? 'N/A',
        LastUsedDate: use && use.at / 1000,
      },
    };
  });
