interface Row {
  /** CPU units. */
  readonly cpu: number;
  /** MiB: every size from `from` to `to` in steps of `step`, or those listed. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly windows: boolean;
  readonly listed?: readonly number[];
}

const rows: readonly Row[] = [
  { cpu: 256, from: 512, to: 2048, step: 512, windows: false, listed: [512, 1024, 2048] },
  { cpu: 512, from: 1024, to: 4096, step: 1024, windows: false },
  { cpu: 1024, from: 2048, to: 8192, step: 1024, windows: true },
  { cpu: 2048, from: 4096, to: 16_384, step: 1024, windows: true },
  { cpu: 4096, from: 8192, to: 30_720, step: 1024, windows: true },
  { cpu: 8192, from: 16_384, to: 61_440, step: 4096, windows: false },
  { cpu: 16_384, from: 32_768, to: 122_880, step: 8192, windows: false },
];

/** Whether Fargate has a size of `cpu` units and `memory` MiB for the platform. */
export function isFargateSize(cpu: number, memory: number, platform: 'linux' | 'windows'): boolean {
  const row = rows.find((one) => one.cpu === cpu);
  if (!row || (platform === 'windows' && !row.windows)) return false;
  if (row.listed) return row.listed.includes(memory);
  return memory >= row.from && memory <= row.to && (memory - row.from) % row.step === 0;
}
