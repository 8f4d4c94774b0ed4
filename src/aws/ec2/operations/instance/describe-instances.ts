// DescribeInstances: the hosts that run tasks, as far as EC2 knows of them: each in a reservation of its own.
import type { Ec2Operation, Host } from '../../ec2.ts';
import { invalidParameterCombination } from '../../errors.ts';
import { presentReservation } from '../../present/instance.ts';
import { describe, listed, type Filters } from '../describe.ts';
import { zoneOf } from '../../state/zone.ts';
import { hostsOf } from './host-reference.ts';

const none = () => [];

const filters: Filters<Host> = {
  architecture: ({ architecture }) => architecture,
  'availability-zone': ({ availabilityZone }) => availabilityZone,
  'availability-zone-id': ({ region, availabilityZone }) => zoneOf(region, availabilityZone)?.id,
  hypervisor: none,
  'iam-instance-profile.arn': none,
  'image-id': ({ imageId }) => imageId,
  'instance-id': ({ id }) => id,
  'instance-lifecycle': none,
  'instance-state-code': () => 16,
  'instance-state-name': () => 'running',
  'instance-type': ({ instanceType }) => instanceType,
  'instance.group-id': none,
  'instance.group-name': none,
  'ip-address': none,
  'key-name': none,
  'launch-time': ({ launchedAt }) => new Date(launchedAt).toISOString(),
  'network-interface.subnet-id': none,
  'network-interface.vpc-id': none,
  'owner-id': ({ accountId }) => accountId,
  'placement-group-name': none,
  platform: none,
  'private-dns-name': ({ hostName }) => hostName,
  'private-ip-address': ({ privateIpAddress }) => privateIpAddress,
  'reservation-id': (host) => presentReservation(host).ReservationId,
  'root-device-type': none,
  'subnet-id': none,
  tenancy: none,
  'vpc-id': none,
};

export const describeInstances: Ec2Operation<'DescribeInstances'> = (ec2, input, call) => {
  const { InstanceIds: ids = [] } = input;
  if (ids.length > 0 && input.MaxResults !== undefined)
    throw invalidParameterCombination(
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  return ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'instances',
        rows: listed(ec2.hosts(tx, call)),
        named: hostsOf(ec2, tx, call, ids),
        filters,
        filterInput: input.Filters,
      },
      input,
      presentReservation,
    );
    return { Reservations: page.items, NextToken: page.nextToken };
  });
};
