// DescribeInstanceTypes: those of the table.
import { instanceType, instanceTypes, type InstanceType } from '../../state/instance-type/instance-types.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { instanceTypeNotFound } from '../../errors.ts';
import { presentInstanceType } from '../../present/instance-type.ts';
import { describe, listed, type Filters } from '../describe.ts';

type Row = InstanceType & { readonly id: string };

const filters: Filters<Row> = {
  'auto-recovery-supported': () => true,
  'bare-metal': () => false,
  'burstable-performance-supported': ({ isBurstable }) => isBurstable,
  'current-generation': () => true,
  'ebs-info.ebs-optimized-support': ({ hypervisor }) => (hypervisor === 'nitro' ? 'default' : 'unsupported'),
  'ebs-info.encryption-support': () => 'supported',
  'free-tier-eligible': ({ name }) => name === 't2.micro' || name === 't3.micro',
  hypervisor: ({ hypervisor }) => hypervisor,
  'instance-storage-supported': () => false,
  'instance-type': ({ name }) => name,
  'memory-info.size-in-mib': ({ memoryMiB }) => memoryMiB,
  'network-info.ena-support': ({ hypervisor }) => (hypervisor === 'nitro' ? 'required' : 'unsupported'),
  'network-info.ipv4-addresses-per-interface': ({ addressesPerInterface }) => addressesPerInterface,
  'network-info.maximum-network-interfaces': ({ maxNetworkInterfaces }) => maxNetworkInterfaces,
  'network-info.network-performance': ({ networkPerformance }) => networkPerformance,
  'processor-info.supported-architecture': ({ architecture }) => architecture,
  'processor-info.sustained-clock-speed-in-ghz': ({ clockGhz }) => clockGhz,
  'supported-root-device-type': () => 'ebs',
  'supported-usage-class': () => ['on-demand', 'spot'],
  'supported-virtualization-type': () => 'hvm',
  'vcpu-info.default-cores': ({ vcpus, threadsPerCore }) => vcpus / threadsPerCore,
  'vcpu-info.default-threads-per-core': ({ threadsPerCore }) => threadsPerCore,
  'vcpu-info.default-vcpus': ({ vcpus }) => vcpus,
};

const rowOf = (type: InstanceType): Row => ({ ...type, id: type.name });

export const describeInstanceTypes: Ec2Operation<'DescribeInstanceTypes'> = (_ec2, input) => {
  const asked = input.InstanceTypes ?? [];
  const unknown = asked.filter((name) => instanceType(name) === undefined);
  if (unknown.length > 0) throw instanceTypeNotFound(unknown);
  const page = describe(
    {
      list: 'instance-types',
      rows: listed(instanceTypes.map(rowOf)),
      named: asked.map((name) => rowOf(instanceType(name)!)),
      filters,
      filterInput: input.Filters,
      sizes: [5, 100],
    },
    input,
    presentInstanceType,
  );
  return { InstanceTypes: page.items, NextToken: page.nextToken };
};
