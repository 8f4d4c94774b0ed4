// GetBucketAcl: the list that is on record; where there is none, the owner has full control.
import type { S3Operation } from '../../s3.ts';
import { ownerGrant } from '../../state/acl/grants.ts';
import { canonicalUserId } from '../../state/canonical-user.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketAcl: S3Operation<'GetBucketAcl'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { accountId, grants = [ownerGrant(accountId)] } = bucketOf(tx, call, input);
    return { Owner: { ID: canonicalUserId(accountId) }, Grants: grants };
  });
