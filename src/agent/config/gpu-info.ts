// The file that tells of the host's NVIDIA GPUs: on Amazon's images ecs-init writes it when the host boots.
import { z } from 'zod';
import type { HostGpus } from './config.ts';

const schema = z.object({ DriverVersion: z.string().optional(), GPUIDs: z.array(z.string().min(1)) });

/** `{"DriverVersion":"550.54","GPUIDs":["GPU-…"]}`; throws an Error that names `path` for anything else. */
export function readGpuInfo(content: string, path: string): HostGpus {
  try {
    const { DriverVersion: driverVersion, GPUIDs: ids } = schema.parse(JSON.parse(content));
    return { driverVersion: driverVersion || undefined, ids: [...new Set(ids)] };
  } catch (error) {
    throw new Error(`${path}: expected {"DriverVersion":"…","GPUIDs":["…"]}`, { cause: error });
  }
}
