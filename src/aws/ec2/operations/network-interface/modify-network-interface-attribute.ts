// ModifyNetworkInterfaceAttribute: one setting at a time, as EC2 takes them.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { networkInterfaces, type NetworkInterface } from '../../state/network-interface/network-interface.ts';
import type { Ec2Operation } from '../../ec2.ts';
import {
  attachmentNotFound,
  interfaceManaged,
  invalidParameterCombination,
  missingParameter,
  unsupported,
} from '../../errors.ts';
import { networkInterfaceOf } from '../resolve.ts';
import { interfaceGroups } from './create-network-interface.ts';

export const modifyNetworkInterfaceAttribute: Ec2Operation<'ModifyNetworkInterfaceAttribute'> = (
  ec2,
  input,
  call,
) =>
  ec2.store.update((tx) => {
    const row = networkInterfaceOf(tx, call, input.NetworkInterfaceId);
    if (row.requesterManaged) throw interfaceManaged(row.id);
    const changes = changesOf(tx, call, row, input);
    if (changes.length === 0) throw missingParameter('attribute');
    if (changes.length > 1)
      throw invalidParameterCombination('Only one attribute can be modified at a time.');
    tx.table(networkInterfaces).put({ ...row, ...changes[0] });
    return {};
  });

function changesOf(
  tx: ReadTransaction,
  scope: Scope,
  row: NetworkInterface,
  input: ec2.ModifyNetworkInterfaceAttributeRequest,
): readonly Partial<NetworkInterface>[] {
  const { Description, SourceDestCheck, Groups, Attachment } = input;
  for (const member of [
    'EnaSrdSpecification',
    'EnablePrimaryIpv6',
    'ConnectionTrackingSpecification',
    'AssociatePublicIpAddress',
    'AssociatedSubnetIds',
  ] as const) {
    if (input[member] !== undefined) throw unsupported(`${member} of network interfaces`);
  }
  return [
    ...(Description === undefined ? [] : [{ description: Description.Value ?? '' }]),
    ...(SourceDestCheck?.Value === undefined ? [] : [{ sourceDestCheck: SourceDestCheck.Value }]),
    ...(Groups === undefined ? [] : [{ groupIds: interfaceGroups(tx, scope, row.vpcId, Groups) }]),
    ...(Attachment === undefined ? [] : [attachmentChange(row, Attachment)]),
  ];
}

function attachmentChange(
  { attachment }: NetworkInterface,
  { AttachmentId: id, DeleteOnTermination: deleteOnTermination }: ec2.NetworkInterfaceAttachmentChanges,
): Partial<NetworkInterface> {
  if (attachment === undefined || (id !== undefined && id !== attachment.id))
    throw attachmentNotFound(id ?? '');
  if (deleteOnTermination === undefined) throw missingParameter('attachment.deleteOnTermination');
  return { attachment: { ...attachment, deleteOnTermination } };
}
