import type { Ec2Operation } from '../../ec2.ts';
import { missingParameter } from '../../errors.ts';
import { presentNetworkInterface } from '../../present/network-interface.ts';
import { networkInterfaceOf } from '../resolve.ts';

/** DescribeNetworkInterfaceAttribute: one of a network interface's settings. */
export const describeNetworkInterfaceAttribute: Ec2Operation<'DescribeNetworkInterfaceAttribute'> = (
  ec2,
  input,
  call,
) =>
  ec2.store.view((tx) => {
    const row = networkInterfaceOf(tx, call, input.NetworkInterfaceId);
    const shown = presentNetworkInterface(tx, row);
    const told = { NetworkInterfaceId: row.id };
    switch (input.Attribute) {
      case 'attachment':
        return { ...told, Attachment: shown.Attachment };
      case 'description':
        return { ...told, Description: { Value: row.description } };
      case 'groupSet':
        return { ...told, Groups: shown.Groups };
      case 'sourceDestCheck':
        return { ...told, SourceDestCheck: { Value: row.sourceDestCheck } };
      case 'associatePublicIpAddress':
        return { ...told, AssociatePublicIpAddress: false };
      case undefined:
        throw missingParameter('attribute');
    }
  });
