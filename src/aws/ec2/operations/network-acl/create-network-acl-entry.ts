import { networkAcls } from '../../state/network-acl/network-acl.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { aclEntryExists, aclEntryLimitExceeded } from '../../errors.ts';
import { networkAclOf } from '../resolve.ts';
import { entryOf, inOrder, isEntry } from './entry.ts';

/** In each direction, without the last one. */
const maxEntries = 40;

/** CreateNetworkAclEntry: a rule of a number that no other rule of the direction has. */
export const createNetworkAclEntry: Ec2Operation<'CreateNetworkAclEntry'> = (ec2, input, call) => {
  const entry = entryOf(input);
  return ec2.store.update((tx) => {
    const acl = networkAclOf(tx, call, input.NetworkAclId);
    if (acl.entries.some(isEntry(entry.ruleNumber, entry.egress))) throw aclEntryExists(entry.ruleNumber);
    if (acl.entries.filter(({ egress }) => egress === entry.egress).length > maxEntries)
      throw aclEntryLimitExceeded();
    tx.table(networkAcls).put({ ...acl, entries: inOrder([...acl.entries, entry]) });
    return {};
  });
};
