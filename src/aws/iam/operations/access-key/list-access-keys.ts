import type { IamOperation } from '../../iam.ts';
import { keyOf, keyOwner } from './key-owner.ts';
import { pageOfTexts } from '../page.ts';

export const listAccessKeys: IamOperation<'ListAccessKeys'> = ({ store }, input, call) =>
  store.view((tx) => {
    const owner = keyOwner(tx, input.UserName, call);
    const ids = owner.keys.map(({ accessKeyId }) => accessKeyId);
    const { items, end } = pageOfTexts('keys', input, ids, (id) => {
      const { status, createdAt } = keyOf(owner, id);
      return { UserName: owner.userName, AccessKeyId: id, Status: status, CreateDate: createdAt / 1000 };
    });
    return { AccessKeyMetadata: items, ...end };
  });
