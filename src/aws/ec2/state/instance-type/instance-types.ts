// The common instance types: what they have, as placement, templates and tools ask for it.

export interface InstanceType {
  /** E.g. `t3.micro`. */
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly vcpus: number;
  readonly threadsPerCore: 1 | 2;
  readonly memoryMiB: number;
  readonly maxNetworkInterfaces: number;
  readonly addressesPerInterface: number;
  readonly isBurstable: boolean;
  readonly hypervisor: 'nitro' | 'xen';
  readonly manufacturer: string;
  readonly clockGhz: number;
  readonly networkPerformance: string;
  readonly gpu?: Gpu | undefined;
}

interface Gpu {
  readonly name: string;
  readonly manufacturer: string;
  readonly count: number;
  readonly memoryMiB: number;
}

type Family = Pick<
  InstanceType,
  'architecture' | 'threadsPerCore' | 'isBurstable' | 'hypervisor' | 'manufacturer' | 'clockGhz'
>;

/** Size, vCPUs, GiB, network interfaces, addresses of each, network performance. */
type Size = readonly [string, number, number, number, number, string];

const intel: Family = {
  architecture: 'x86_64',
  threadsPerCore: 2,
  isBurstable: false,
  hypervisor: 'nitro',
  manufacturer: 'Intel',
  clockGhz: 3.1,
};
const amd: Family = { ...intel, manufacturer: 'AMD', clockGhz: 2.5 };
const graviton: Family = {
  ...intel,
  architecture: 'arm64',
  threadsPerCore: 1,
  manufacturer: 'AWS',
  clockGhz: 2.5,
};

const burst = 'Up to 5 Gigabit';
const burstableSizes: readonly Size[] = [
  ['nano', 2, 0.5, 2, 2, burst],
  ['micro', 2, 1, 2, 2, burst],
  ['small', 2, 2, 3, 4, burst],
  ['medium', 2, 4, 3, 6, burst],
  ['large', 2, 8, 3, 12, burst],
  ['xlarge', 4, 16, 4, 15, burst],
  ['2xlarge', 8, 32, 4, 15, burst],
];
const firstBurstableSizes: readonly Size[] = [
  ['nano', 1, 0.5, 2, 2, 'Low to Moderate'],
  ['micro', 1, 1, 2, 2, 'Low to Moderate'],
  ['small', 1, 2, 3, 4, 'Low to Moderate'],
  ['medium', 2, 4, 3, 6, 'Low to Moderate'],
  ['large', 2, 8, 3, 12, 'Low to Moderate'],
  ['xlarge', 4, 16, 3, 15, 'Moderate'],
  ['2xlarge', 8, 32, 3, 15, 'Moderate'],
];

/** vCPUs, network interfaces and addresses of sizes that all families alike have. */
const steps: readonly (readonly [string, number, number, number])[] = [
  ['medium', 1, 2, 4],
  ['large', 2, 3, 10],
  ['xlarge', 4, 4, 15],
  ['2xlarge', 8, 4, 15],
  ['4xlarge', 16, 8, 30],
  ['8xlarge', 32, 8, 30],
  ['12xlarge', 48, 8, 30],
  ['16xlarge', 64, 15, 50],
  ['24xlarge', 96, 15, 50],
];

/** Of a family with so many GiB for each vCPU, in these sizes. */
const sizesOf = (gib: number, performance: string, sizes: readonly string[]): readonly Size[] =>
  steps
    .filter(([size]) => sizes.includes(size))
    .map(([size, vcpus, interfaces, each]): Size => [
      size,
      vcpus,
      vcpus * gib,
      interfaces,
      each,
      performance,
    ]);

const common = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'];
const arm = ['medium', 'large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const few = ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'];
const ten = 'Up to 10 Gigabit';
const twelve = 'Up to 12.5 Gigabit';

const families: readonly (readonly [string, Family, readonly Size[]])[] = [
  [
    't2',
    { ...intel, isBurstable: true, hypervisor: 'xen', threadsPerCore: 1, clockGhz: 2.3 },
    firstBurstableSizes,
  ],
  ['t3', { ...intel, isBurstable: true, clockGhz: 2.5 }, burstableSizes],
  ['t3a', { ...amd, isBurstable: true, clockGhz: 2.2 }, burstableSizes],
  ['t4g', { ...graviton, isBurstable: true }, burstableSizes],
  ['m5', intel, sizesOf(4, ten, common)],
  ['m5a', amd, sizesOf(4, ten, common)],
  ['m6i', { ...intel, clockGhz: 3.5 }, sizesOf(4, twelve, common)],
  ['m6a', { ...amd, clockGhz: 3.6 }, sizesOf(4, twelve, common)],
  ['m6g', graviton, sizesOf(4, ten, arm)],
  ['m7i', { ...intel, clockGhz: 3.2 }, sizesOf(4, twelve, common)],
  ['m7g', { ...graviton, clockGhz: 2.6 }, sizesOf(4, twelve, arm)],
  ['c5', { ...intel, clockGhz: 3.4 }, sizesOf(2, ten, few)],
  ['c6i', { ...intel, clockGhz: 3.5 }, sizesOf(2, twelve, common)],
  ['c6g', graviton, sizesOf(2, ten, arm)],
  ['c7g', { ...graviton, clockGhz: 2.6 }, sizesOf(2, twelve, arm)],
  ['r5', intel, sizesOf(8, ten, common)],
  ['r6i', { ...intel, clockGhz: 3.5 }, sizesOf(8, twelve, common)],
  ['r6g', graviton, sizesOf(8, ten, arm)],
];

const t4: Gpu = { name: 'T4', manufacturer: 'NVIDIA', count: 1, memoryMiB: 16_384 };
const a10g: Gpu = { name: 'A10G', manufacturer: 'NVIDIA', count: 1, memoryMiB: 24_576 };
const withGpus: readonly (readonly [string, Family, readonly Size[], Gpu])[] = [
  [
    'g4dn',
    { ...intel, clockGhz: 2.5 },
    [
      ['xlarge', 4, 16, 3, 10, 'Up to 25 Gigabit'],
      ['2xlarge', 8, 32, 3, 10, 'Up to 25 Gigabit'],
      ['4xlarge', 16, 64, 3, 10, 'Up to 25 Gigabit'],
    ],
    t4,
  ],
  [
    'g5',
    { ...amd, clockGhz: 3.3 },
    [
      ['xlarge', 4, 16, 4, 15, ten],
      ['2xlarge', 8, 32, 4, 15, ten],
      ['4xlarge', 16, 64, 8, 30, 'Up to 25 Gigabit'],
    ],
    a10g,
  ],
];

const typesOf = (name: string, family: Family, sizes: readonly Size[], gpu?: Gpu): readonly InstanceType[] =>
  sizes.map(([size, vcpus, gib, interfaces, each, performance]) => ({
    ...family,
    name: `${name}.${size}`,
    vcpus,
    memoryMiB: gib * 1024,
    maxNetworkInterfaces: interfaces,
    addressesPerInterface: each,
    networkPerformance: performance,
    gpu,
  }));

/** All of them, by name. */
export const instanceTypes: readonly InstanceType[] = [
  ...families.flatMap(([name, family, sizes]) => typesOf(name, family, sizes)),
  ...withGpus.flatMap(([name, family, sizes, gpu]) => typesOf(name, family, sizes, gpu)),
].toSorted((one, other) => (one.name < other.name ? -1 : 1));

const byName = new Map(instanceTypes.map((type) => [type.name, type]));

export const instanceType = (name: string): InstanceType | undefined => byName.get(name);
