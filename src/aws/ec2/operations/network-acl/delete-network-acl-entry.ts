import { lastRuleNumber, networkAcls } from '../../state/network-acl/network-acl.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { aclEntryNotFound } from '../../errors.ts';
import { networkAclOf } from '../resolve.ts';
import { isEntry } from './entry.ts';

/** DeleteNetworkAclEntry: any but the last one. */
export const deleteNetworkAclEntry: Ec2Operation<'DeleteNetworkAclEntry'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { RuleNumber: number, Egress: egress } = input;
    const acl = networkAclOf(tx, call, input.NetworkAclId);
    const entries = acl.entries.filter((entry) => !isEntry(number, egress)(entry));
    if (number === lastRuleNumber || entries.length === acl.entries.length)
      throw aclEntryNotFound(number, egress, acl.id);
    tx.table(networkAcls).put({ ...acl, entries });
    return {};
  });
