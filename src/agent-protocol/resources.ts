// What a container instance offers and what a task takes of it, in the agent's own accounting.

/** CPU in units (1024 a core), memory in MiB, host ports by protocol, GPUs by id. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly ports: readonly number[];
  readonly portsUdp: readonly number[];
  /** Absent is none. */
  readonly gpuIds?: readonly string[] | undefined;
}

/** What a task takes: which GPUs it gets is known once it was placed, how many it asks for from the first. */
export interface TaskResources extends Resources {
  /** Absent is none. */
  readonly gpus?: number | undefined;
}

export const noResources: Resources = { cpu: 0, memory: 0, ports: [], portsUdp: [] };

/** What is taken when `taken` and `more` are both held. */
export const addResources = (taken: Resources, more: Resources): Resources => ({
  cpu: taken.cpu + more.cpu,
  memory: taken.memory + more.memory,
  ports: more.ports.length === 0 ? taken.ports : [...taken.ports, ...more.ports],
  portsUdp: more.portsUdp.length === 0 ? taken.portsUdp : [...taken.portsUdp, ...more.portsUdp],
  ...someGpus(more.gpuIds === undefined ? taken.gpuIds : [...(taken.gpuIds ?? []), ...more.gpuIds]),
});

/** What is still taken when `less` is given back. */
export const subtractResources = (taken: Resources, less: Resources): Resources => ({
  cpu: taken.cpu - less.cpu,
  memory: taken.memory - less.memory,
  ports: less.ports.length === 0 ? taken.ports : without(taken.ports, less.ports),
  portsUdp: less.portsUdp.length === 0 ? taken.portsUdp : without(taken.portsUdp, less.portsUdp),
  ...someGpus(less.gpuIds === undefined ? taken.gpuIds : without(taken.gpuIds ?? [], less.gpuIds)),
});

/** No GPUs are absent, and never an empty list. */
const someGpus = (gpuIds: readonly string[] | undefined): Pick<Resources, 'gpuIds'> =>
  gpuIds === undefined || gpuIds.length === 0 ? {} : { gpuIds };

function without<T>(held: readonly T[], gone: readonly T[]): T[] {
  const rest = [...held];
  for (const one of gone) {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}
