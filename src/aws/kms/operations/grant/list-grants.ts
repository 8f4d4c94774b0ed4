// ListGrants: the grants of a key.
import type { KmsOperation } from '../../kms.ts';
import { presentGrant } from '../../present/grant.ts';
import type { ListGrantsRequest } from '../../shapes.generated.ts';
import type { Grant } from '../../state/grant/grant.ts';
import { grants } from '../../state/grant/grants.ts';
import { markedPage } from '../page.ts';
import { keyById } from '../resolve/key.ts';

export const listGrants: KmsOperation<'ListGrants'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const { arn } = keyById(tx, call, input.KeyId);
    const { items, ...page } = markedPage(input, {
      list: 'grants',
      limits: { default: 50, max: 100 },
      rows: (after) =>
        [...tx.table(grants).by('key', { keyArn: arn }, after)].filter((one) => isAsked(one, input)),
      key: grants.key,
      present: (grant) => presentGrant(grant, call),
    });
    return { Grants: items, ...page };
  });

const isAsked = (grant: Grant, input: ListGrantsRequest): boolean =>
  (input.GrantId ?? grant.id) === grant.id &&
  (input.GranteePrincipal ?? grant.granteePrincipal) === grant.granteePrincipal &&
  (input.GranteeServicePrincipal ?? grant.granteeServicePrincipal) === grant.granteeServicePrincipal;
