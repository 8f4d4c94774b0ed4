// What `longshore up` prints and how it ends.
import { ecsHealthyAfter } from '../../server/controllers.ts';
import { withShutdown } from '../terminal/shutdown.ts';
import { progress, print, strong } from '../terminal/output.ts';
import type { Settings } from '../settings.ts';
import { bringUp, openServer, type Up, type UpOptions } from './up.ts';

const instancesText = (count: number): string => `${count} container instance${count === 1 ? '' : 's'}`;

/** Where agents are told to go, and where this machine finds it, if that is elsewhere. */
export function endpointText(endpoint: string, { advertise, host }: Settings): string {
  if (advertise !== undefined) return `${strong(advertise)}, on this machine at ${endpoint}`;
  if (host === '0.0.0.0' || host === '::')
    progress(
      `Agents on other machines get the URL ${endpoint}, which is valid on this machine only: set --advertise to its address.`,
    );
  return strong(endpoint);
}

/** Brings everything up, says so in one line, and stays until told to end; answers the exit code. */
export const up = (options: UpOptions): Promise<number> =>
  withShutdown(async (shutdown) => {
    const running = await bringUp(options, shutdown);
    const { cluster } = options.settings;
    print(
      `Longshore is ready at ${endpointText(running.server.endpoint, options.settings)} (cluster ${cluster}, ${instancesText(running.instances.length)}).`,
    );
    return stay(running, options.stopTasks);
  });

/** Waits for the end and says what became of the tasks. */
export async function stay({ shutdown, instances }: Up, stopTasks: boolean): Promise<number> {
  const exitCode = await shutdown.wait();
  progress(
    instances.length === 0 ? 'Stopping the control plane.' : 'Stopping the control plane and the agent.',
  );
  if (!(await shutdown.close())) return exitCode || 1;
  if (instances.length > 0) progress(endSentence(stopTasks));
  return exitCode;
}

const endSentence = (stopTasks: boolean): string =>
  stopTasks
    ? 'Stopped, and all tasks too. Services start their tasks again at the next start.'
    : 'Stopped. Tasks keep running, and the next start manages them again.';

/** `longshore server`: the control plane alone. */
export const server = (settings: Settings, startOver: boolean): Promise<number> =>
  withShutdown(async (shutdown) => {
    const start = { settings, startOver, command: 'server' } as const;
    const { endpoint } = await openServer(start, shutdown, { healthyAfter: ecsHealthyAfter });
    print(`Longshore's control plane is ready at ${endpointText(endpoint, settings)}.`);
    return shutdown.wait();
  });
