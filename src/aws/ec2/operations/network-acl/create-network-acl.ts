import { lastEntries, networkAcls } from '../../state/network-acl/network-acl.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentNetworkAcl } from '../../present/network-acl.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { vpcOf } from '../resolve.ts';
import { newTags } from '../tags.ts';

/** CreateNetworkAcl: one that lets nothing through yet. */
export const createNetworkAcl: Ec2Operation<'CreateNetworkAcl'> = (ec2, input, call) => {
  const tags = newTags(input.TagSpecifications, 'network-acl');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const vpcId = vpcOf(tx, call, input.VpcId).id;
    const acl =
      madeEarlier(made, (clientToken) => tx.table(networkAcls).by('clientToken', { ...call, clientToken })) ??
      tx.table(networkAcls).put({
        ...scopeOf(call),
        ...made,
        id: newId(ec2.random, 'acl'),
        vpcId,
        isDefault: false,
        entries: lastEntries,
        tags,
      });
    return { NetworkAcl: presentNetworkAcl(tx, acl), ClientToken: input.ClientToken };
  });
};
