// What a container instance offers and what a task takes of it, in the agent's own accounting.

/** CPU in units (1024 a core), memory in MiB, host ports by protocol. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly ports: readonly number[];
  readonly portsUdp: readonly number[];
}

export const noResources: Resources = { cpu: 0, memory: 0, ports: [], portsUdp: [] };

/** What is taken when `taken` and `more` are both held. */
export const addResources = (taken: Resources, more: Resources): Resources => ({
  cpu: taken.cpu + more.cpu,
  memory: taken.memory + more.memory,
  ports: more.ports.length === 0 ? taken.ports : [...taken.ports, ...more.ports],
  portsUdp: more.portsUdp.length === 0 ? taken.portsUdp : [...taken.portsUdp, ...more.portsUdp],
});

/** What is still taken when `less` is given back. */
export const subtractResources = (taken: Resources, less: Resources): Resources => ({
  cpu: taken.cpu - less.cpu,
  memory: taken.memory - less.memory,
  ports: less.ports.length === 0 ? taken.ports : without(taken.ports, less.ports),
  portsUdp: less.portsUdp.length === 0 ? taken.portsUdp : without(taken.portsUdp, less.portsUdp),
});

function without(ports: readonly number[], gone: readonly number[]): number[] {
  const rest = [...ports];
  for (const port of gone) {
    const at = rest.indexOf(port);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}
