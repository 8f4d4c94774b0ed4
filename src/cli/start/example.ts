// The example that `longshore start` runs: a web server, deployed through the API as a user would.
import { systemClock, sleep } from '../../lib/clock.ts';
import type { RunningServer } from '../../server.ts';
import { callApi, type ApiEndpoint } from '../../wire/call-api.ts';
import { exampleImage } from './example-image.ts';
import { ecsTargetPrefix } from '../client/longshore-client.ts';
import type { Settings } from '../settings.ts';
import { lastPart } from '../../lib/arn.ts';

export interface Example {
  readonly taskId: string;
  readonly url: string;
}

const family = 'longshore-example';
const timeout = 60_000;

const containerDefinitions = [
  {
    name: 'web',
    image: exampleImage,
    memory: 32,
    portMappings: [{ containerPort: 80 }],
    command: [
      'sh',
      '-c',
      'mkdir -p /www && echo "Hello from Longshore" > /www/index.html && trap "exit 0" TERM; httpd -f -p 80 -h /www & wait',
    ],
  },
];

interface ShownTask {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly stoppedReason?: string;
  readonly containers: readonly {
    readonly reason?: string;
    readonly networkBindings: readonly { readonly bindIP: string; readonly hostPort: number }[];
  }[];
}

/** Runs the example, or finds it running from an earlier start; throws an Error for people when it cannot run. */
export async function deployExample(server: RunningServer, settings: Settings): Promise<Example> {
  const { administrator } = server.controlPlane;
  const api: ApiEndpoint = {
    endpoint: server.endpoint,
    credentials: { accessKeyId: administrator.accessKeyId, secretAccessKey: administrator.secretAccessKey },
    region: settings.region,
    signingName: 'ecs',
    targetPrefix: ecsTargetPrefix,
    clock: systemClock,
  };
  const { cluster } = settings;
  const { taskArns } = await callApi<{ taskArns: string[] }>(api, 'ListTasks', { cluster, family });
  const task = await untilRunning(api, cluster, taskArns[0] ?? (await runTask(api, cluster)));
  const binding = task.containers[0]?.networkBindings[0];
  if (!binding) throw new Error('The example runs, but without a host port.');
  const host = binding.bindIP === '0.0.0.0' ? '127.0.0.1' : binding.bindIP;
  return {
    taskId: lastPart(task.taskArn),
    url: `http://${host}:${binding.hostPort}/`,
  };
}

async function runTask(api: ApiEndpoint, cluster: string): Promise<string> {
  await callApi(api, 'RegisterTaskDefinition', { family, containerDefinitions });
  const { tasks, failures } = await callApi<{
    tasks: ShownTask[];
    failures: { reason: string; detail?: string }[];
  }>(api, 'RunTask', { cluster, taskDefinition: family });
  if (tasks[0]) return tasks[0].taskArn;
  throw new Error(
    `The example could not be placed: ${failures.map(({ reason, detail }) => `${reason} (${detail})`).join(', ')}.`,
  );
}

async function untilRunning(api: ApiEndpoint, cluster: string, arn: string): Promise<ShownTask> {
  const end = systemClock.elapsed() + timeout;
  for (;;) {
    const { tasks } = await callApi<{ tasks: ShownTask[] }>(api, 'DescribeTasks', { cluster, tasks: [arn] });
    const task = tasks[0];
    if (task?.lastStatus === 'RUNNING') return task;
    if (!task || task.lastStatus === 'STOPPED' || systemClock.elapsed() > end) {
      throw new Error(
        `The example is not running: ${task?.containers[0]?.reason ?? task?.stoppedReason ?? 'it takes too long'}.`,
      );
    }
    await sleep(systemClock, 50);
  }
}

/** The page at `url`, as soon as there is one; throws the last failure when that takes too long. */
export async function answersAt(url: string): Promise<string> {
  const end = systemClock.elapsed() + 10_000;
  for (;;) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (systemClock.elapsed() > end)
        throw new Error(`The example does not answer at ${url}.`, { cause: error });
      await sleep(systemClock, 50);
    }
  }
}
