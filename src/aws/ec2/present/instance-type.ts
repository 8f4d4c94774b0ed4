import type * as ec2 from '../shapes.generated.ts';
import type { InstanceType } from '../state/instance-type/instance-types.ts';

/** What is known of an instance type; of what the table does not have, nothing is said. */
export const presentInstanceType = (type: InstanceType): ec2.InstanceTypeInfo => ({
  InstanceType: type.name,
  CurrentGeneration: true,
  FreeTierEligible: type.name === 't2.micro' || type.name === 't3.micro',
  SupportedUsageClasses: ['on-demand', 'spot'],
  SupportedRootDeviceTypes: ['ebs'],
  SupportedVirtualizationTypes: ['hvm'],
  BareMetal: false,
  Hypervisor: type.hypervisor,
  ProcessorInfo: {
    SupportedArchitectures: [type.architecture],
    SustainedClockSpeedInGhz: type.clockGhz,
    Manufacturer: type.manufacturer,
  },
  VCpuInfo: {
    DefaultVCpus: type.vcpus,
    DefaultCores: Math.ceil(type.vcpus / type.threadsPerCore),
    DefaultThreadsPerCore: type.threadsPerCore,
  },
  MemoryInfo: { SizeInMiB: type.memoryMiB },
  InstanceStorageSupported: false,
  EbsInfo: {
    EbsOptimizedSupport: type.hypervisor === 'nitro' ? 'default' : 'unsupported',
    EncryptionSupport: 'supported',
    NvmeSupport: type.hypervisor === 'nitro' ? 'required' : 'unsupported',
  },
  NetworkInfo: {
    NetworkPerformance: type.networkPerformance,
    MaximumNetworkInterfaces: type.maxNetworkInterfaces,
    MaximumNetworkCards: 1,
    DefaultNetworkCardIndex: 0,
    Ipv4AddressesPerInterface: type.addressesPerInterface,
    Ipv6AddressesPerInterface: type.addressesPerInterface,
    Ipv6Supported: true,
    EnaSupport: type.hypervisor === 'nitro' ? 'required' : 'unsupported',
    EfaSupported: false,
  },
  ...(type.gpu && {
    GpuInfo: {
      Gpus: [
        {
          Name: type.gpu.name,
          Manufacturer: type.gpu.manufacturer,
          Count: type.gpu.count,
          MemoryInfo: { SizeInMiB: type.gpu.memoryMiB },
        },
      ],
      TotalGpuMemoryInMiB: type.gpu.count * type.gpu.memoryMiB,
    },
  }),
  PlacementGroupInfo: {
    SupportedStrategies: type.isBurstable ? ['partition', 'spread'] : ['cluster', 'partition', 'spread'],
  },
  BurstablePerformanceSupported: type.isBurstable,
  AutoRecoverySupported: true,
  DedicatedHostsSupported: !type.isBurstable,
  HibernationSupported: false,
  SupportedBootModes: type.architecture === 'arm64' ? ['uefi'] : ['legacy-bios', 'uefi'],
});
