import { withHostConfig, type Hook } from './hook.ts';

const minCpuShares = 2;
const maxCpuShares = 262_144;
const mebibyte = 2 ** 20;
const minMemory = 4 * mebibyte;

/** No container gets a CPU quota of its own: shares only divide what is contended for. */
export const resourcesHook: Hook = (draft, { container }) =>
  withHostConfig(draft, {
    CpuShares: Math.min(maxCpuShares, Math.max(minCpuShares, container.cpu ?? 0)),
    ...(container.memory && { Memory: Math.max(minMemory, container.memory * mebibyte) }),
  });
