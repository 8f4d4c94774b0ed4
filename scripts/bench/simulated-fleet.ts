// A `longshore simulate` in a process of its own, joined to a running control plane.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, '../../src/cli/main.ts');

export interface SimulatedFleet {
  /** From spawning the process until every instance was registered and connected, seconds. */
  readonly joinedAfter: number;
  /** Ends the process; its instances stay registered and are disconnected. */
  stop(): Promise<void>;
}

/**
 * Joins `instances` to the server of the data directory `data`; tasks start and stop without delay. Rejects with an Error
 * that has what the process said when it ends before all are connected.
 */
export async function startFleet(data: string, instances: number): Promise<SimulatedFleet> {
  const began = performance.now();
  // Three zones, over which a service without a strategy of its own spreads.
  const size = ['--instances', String(instances), '--cpu', '65536', '--memory', '262144', '--zones', 'a,b,c'];
  const pace = ['--start-delay', '0', '--stop-delay', '0', '--seed', '1', '--keep', '--json'];
  const child = spawn(process.execPath, [program, 'simulate', '--data', data, ...size, ...pace], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  // Read to the end, so that it never waits for somebody to read.
  const lines = createInterface(child.stdout);
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if ((JSON.parse(line) as { phase: string }).phase === 'ready') resolve();
    });
    lines.on('close', () =>
      reject(new Error(`longshore simulate ended before it was ready: ${complaints.trim()}`)),
    );
  });
  await ready;
  return { joinedAfter: (performance.now() - began) / 1000, stop };
}
