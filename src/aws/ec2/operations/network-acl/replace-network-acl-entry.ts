import { networkAcls } from '../../state/network-acl/network-acl.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { aclEntryNotFound } from '../../errors.ts';
import { networkAclOf } from '../resolve.ts';
import { entryOf, isEntry } from './entry.ts';

/** ReplaceNetworkAclEntry: another rule of the same number. */
export const replaceNetworkAclEntry: Ec2Operation<'ReplaceNetworkAclEntry'> = (ec2, input, call) => {
  const entry = entryOf(input);
  return ec2.store.update((tx) => {
    const acl = networkAclOf(tx, call, input.NetworkAclId);
    const isSame = isEntry(entry.ruleNumber, entry.egress);
    if (!acl.entries.some(isSame)) throw aclEntryNotFound(entry.ruleNumber, entry.egress, acl.id);
    tx.table(networkAcls).put({ ...acl, entries: acl.entries.map((one) => (isSame(one) ? entry : one)) });
    return {};
  });
};
