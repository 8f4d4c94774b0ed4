// `longshore start`: everything up, an example running, and what to try next on the screen.
import { connectDocker } from '../../agent/engine/docker-host.ts';
import { busyboxPrograms, ensureExampleImage } from './example-image.ts';
import { plural } from '../explain/verdict-text.ts';
import { answersAt, deployExample, type Example } from './example.ts';
import { withShutdown } from '../terminal/shutdown.ts';
import { progress, print, strong } from '../terminal/output.ts';
import type { Settings } from '../settings.ts';
import { endpointText, stay } from '../machine/up-command.ts';
import { bringUp } from '../machine/up.ts';
import { defaultDockerHost } from '../../agent/config/docker-host.ts';

export interface StartOptions {
  readonly settings: Settings;
  readonly stopTasks: boolean;
  /** Begin with nothing in a directory whose state is gone. */
  readonly startOver: boolean;
  /** Check that the example answers, stop everything and exit. */
  readonly once: boolean;
}

/** Runs until told to end, or until the example answered; answers the exit code. */
export const start = ({ settings, stopTasks, startOver, once }: StartOptions): Promise<number> =>
  withShutdown(async (shutdown) => {
    const running = await bringUp(
      { settings, agent: true, stopTasks: stopTasks || once, startOver },
      shutdown,
    );
    progress('Preparing the image of the example');
    await ensureExampleImage(connectDocker(running.engine!.host), busyboxPrograms);
    progress('Starting the example');
    const example = await deployExample(running.server, settings);
    const page = await answersAt(example.url);
    printWelcome(running.server.endpoint, example, settings, running.engine!.host);
    if (once) {
      print(`The example answered: ${page.trim()}`);
      shutdown.end(0);
    }
    return stay(running, stopTasks || once);
  });

function printWelcome(
  endpoint: string,
  { url, taskId }: Example,
  settings: Settings,
  dockerHost: string,
): void {
  const data = settings.data.endsWith('/.longshore') ? '' : ` --data ${settings.data}`;
  const commands = [
    [`curl ${url}`, 'the example, a web server in a container'],
    [`eval "$(npm run -s longshore -- env${data})"`, 'points the AWS CLI here'],
    [`aws ecs describe-tasks --tasks ${taskId}`, 'the task, as the ECS API describes it'],
    ['aws ecs run-task --task-definition longshore-example', 'a second one, on another port'],
    [`aws ecs stop-task --task ${taskId}`, 'stops the first one'],
    ...(dockerHost === defaultDockerHost
      ? []
      : [[`export DOCKER_HOST=${dockerHost}`, "for docker's own commands"] as const]),
  ] as const;
  const width = Math.max(...commands.map(([command]) => command.length));
  print();
  print(
    `${strong('Longshore is ready')} at ${endpointText(endpoint, settings)}: cluster ${settings.cluster}, ${plural(settings.instances, 'container instance')}, and the example is running.`,
  );
  print('In another terminal:');
  print();
  for (const [command, what] of commands) print(`  ${command.padEnd(width)}   # ${what}`);
  print();
  print('Ctrl-C stops Longshore and leaves the tasks running; with --stop-tasks it stops them too.');
}
