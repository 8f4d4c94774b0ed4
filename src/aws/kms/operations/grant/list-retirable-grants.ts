// ListRetirableGrants: the grants of all keys in the region that a principal may retire.
import { parseArn } from '../../../../lib/arn.ts';
import type { KmsOperation } from '../../kms.ts';
import { validation } from '../../errors.ts';
import { presentGrant } from '../../present/grant.ts';
import { grants } from '../../state/grant/grants.ts';
import { markedPage } from '../page.ts';

export const listRetirableGrants: KmsOperation<'ListRetirableGrants'> = (kms, input, call) => {
  const { RetiringPrincipal: principal, RetiringServicePrincipal: service } = input;
  if (principal === undefined && service === undefined) throw validation('RetiringPrincipal is required.');
  return kms.store.view((tx) => {
    const { items, ...page } = markedPage(input, {
      list: 'retirable',
      limits: { default: 50, max: 100 },
      rows: (after) =>
        [...tx.table(grants).by('account', call, after)].filter(
          (grant) =>
            parseArn(grant.keyArn)?.region === call.region &&
            (principal === undefined || grant.retiringPrincipal === principal) &&
            (service === undefined || grant.retiringServicePrincipal === service),
        ),
      key: grants.key,
      present: (grant) => presentGrant(grant, call),
    });
    return { Grants: items, ...page };
  });
};
