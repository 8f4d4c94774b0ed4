import type { Ec2Operation, Host } from '../../ec2.ts';
import { presentInstanceStatus } from '../../present/instance.ts';
import { describe, listed, type Filters } from '../describe.ts';
import { zoneOf } from '../../state/zone.ts';
import { hostsOf } from './host-reference.ts';

const statusOf = (host: Host): string | undefined => presentInstanceStatus(host).InstanceStatus?.Status;
const reachability = (host: Host): string | undefined =>
  presentInstanceStatus(host).InstanceStatus?.Details?.[0]?.Status;

const filters: Filters<Host> = {
  'availability-zone': ({ availabilityZone }) => availabilityZone,
  'availability-zone-id': ({ region, availabilityZone }) => zoneOf(region, availabilityZone)?.id,
  'event.code': () => [],
  'event.description': () => [],
  'event.instance-event-id': () => [],
  'event.not-after': () => [],
  'event.not-before': () => [],
  'instance-state-code': () => 16,
  'instance-state-name': () => 'running',
  'instance-status.reachability': reachability,
  'instance-status.status': statusOf,
  'system-status.reachability': reachability,
  'system-status.status': statusOf,
};

/** DescribeInstanceStatus: what the agents of hosts say of them. */
export const describeInstanceStatus: Ec2Operation<'DescribeInstanceStatus'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'instance-status',
        rows: listed(ec2.hosts(tx, call)),
        named: hostsOf(ec2, tx, call, input.InstanceIds ?? []),
        filters,
        filterInput: input.Filters,
      },
      input,
      presentInstanceStatus,
    );
    return { InstanceStatuses: page.items, NextToken: page.nextToken };
  });
