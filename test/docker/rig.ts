// Longshore as its users have it: started by its commands, asked with the AWS SDK over HTTP, running containers on Docker.
import { ECS, paginateListTasks, type ContainerDefinition, type Task } from '@aws-sdk/client-ecs';
import type { RegisterTaskDefinitionCommandInput, RunTaskCommandInput } from '@aws-sdk/client-ecs';
import type Dockerode from 'dockerode';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { readAccess, type Access } from '../../src/cli/access-file.ts';
import { hexId } from '../../src/lib/ids.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { removeContainers, testImage, type TestEngine } from './engine.ts';
import { freePort } from './free-port.ts';
import { startLongshore, type LongshoreProcess, type StartingProcess } from './longshore-process.ts';

type Environment = Readonly<Record<string, string>>;
export type ContainerState = Dockerode.ContainerInspectInfo;

export interface UpOptions {
  readonly flags?: readonly string[];
  /** Of the process: ECS_* variables steer its agent. */
  readonly env?: Environment;
}

/** Nothing here is worth asking a registry for, a second is long enough for a container to end, and many agents run at once. */
const quick: Environment = {
  ECS_IMAGE_PULL_BEHAVIOR: 'prefer-cached',
  ECS_CONTAINER_STOP_TIMEOUT: '2s',
  LONGSHORE_INTROSPECTION_PORT: '0',
};

/** The machine may be busy with other tests, and short of processors. */
const defaultTimeout = 45_000;
vi.setConfig({ testTimeout: 60_000 });

/** One data directory, the processes that are started on it, and every container and volume that come of them. */
export class Rig {
  /** The cluster; family and volume names begin with it too, so that rigs side by side never meet. */
  readonly name = `t${hexId(systemRandom, 8)}`;
  readonly data = mkdtempSync(join(tmpdir(), 'longshore-docker-'));
  readonly docker: Dockerode;
  readonly port: number;
  readonly #host: string;
  readonly #processes: LongshoreProcess[] = [];
  #ecs: ECS | undefined;

  constructor({ host, docker }: TestEngine, port: number) {
    this.#host = host;
    this.docker = docker;
    this.port = port;
  }

  /** A rig on which `longshore up` runs. */
  static async up(engine: TestEngine, options: UpOptions = {}): Promise<Rig> {
    const rig = new Rig(engine, await freePort());
    await rig.up(options);
    return rig;
  }

  /** A rig on which `longshore server` runs, its one cluster made. */
  static async server(engine: TestEngine): Promise<Rig> {
    const rig = new Rig(engine, await freePort());
    await rig.server();
    await rig.ecs.createCluster({ clusterName: rig.name });
    return rig;
  }

  /** What every container of the cluster carries. */
  get clusterLabel(): string {
    return `com.amazonaws.ecs.cluster=${this.name}`;
  }

  async up(options: UpOptions = {}): Promise<LongshoreProcess> {
    const process = this.startUp(options);
    await process.until(/is ready at/);
    return process;
  }

  /** `up` that is not waited for. */
  startUp({ flags = [], env = {} }: UpOptions = {}): StartingProcess {
    const args = ['up', ...this.#serverFlags(), '--cluster', this.name, ...flags];
    return this.#start(args, { ...quick, ...env });
  }

  async server({ flags = [], env = {} }: UpOptions = {}): Promise<LongshoreProcess> {
    const process = this.#start(['server', ...this.#serverFlags(), ...flags], env);
    await process.until(/is ready at/);
    return process;
  }

  /** `longshore agent`, keeping its state in a directory of the rig. */
  async agent(env: Environment = {}): Promise<LongshoreProcess> {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.access();
    const settings = {
      ECS_CLUSTER: this.name,
      ECS_BACKEND_HOST: endpoint,
      ECS_DATADIR: join(this.data, 'agent'),
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const process = this.#start(['agent'], { ...quick, ...settings, ...env });
    await process.until(/is registered as/);
    return process;
  }

  access(): Access {
    return readAccess(this.data);
  }

  /** The API, with the administrator's key. It never retries. */
  get ecs(): ECS {
    if (this.#ecs !== undefined) return this.#ecs;
    const { endpoint, region, ...credentials } = this.access();
    this.#ecs = new ECS({ endpoint, region, credentials, maxAttempts: 1 });
    return this.#ecs;
  }

  /** Registers `<name>-<family>`; image and memory are filled in. Answers the definition's ARN. */
  async register(
    family: string,
    containers: readonly ContainerDefinition[],
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<string> {
    const { taskDefinition } = await this.ecs.registerTaskDefinition({
      family: `${this.name}-${family}`,
      containerDefinitions: containers.map((container) => ({ image: testImage, memory: 32, ...container })),
      ...more,
    });
    return taskDefinition!.taskDefinitionArn!;
  }

  /** Runs one task and answers its ARN; throws when it cannot be placed. */
  async run(taskDefinition: string, more: Partial<RunTaskCommandInput> = {}): Promise<string> {
    const { tasks, failures } = await this.ecs.runTask({ cluster: this.name, taskDefinition, ...more });
    const arn = tasks?.[0]?.taskArn;
    if (arn === undefined) throw new Error(`not placed: ${JSON.stringify(failures)}`);
    return arn;
  }

  /** Registers, runs, and answers the task once it is RUNNING. */
  async running(
    family: string,
    containers: readonly ContainerDefinition[],
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<Task> {
    return this.untilRunning(await this.run(await this.register(family, containers, more)));
  }

  /** Registers, runs, and answers the task once it is STOPPED. */
  async stopped(
    family: string,
    containers: readonly ContainerDefinition[],
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<Task> {
    return this.untilStopped(await this.run(await this.register(family, containers, more)));
  }

  async task(arn: string): Promise<Task> {
    const { tasks, failures } = await this.ecs.describeTasks({ cluster: this.name, tasks: [arn] });
    if (tasks?.[0] === undefined) throw new Error(`no such task: ${JSON.stringify(failures)}`);
    return tasks[0];
  }

  untilRunning(arn: string): Promise<Task> {
    return this.untilTask(arn, ({ lastStatus, containers, stoppedReason }) => {
      if (lastStatus !== 'STOPPED') return lastStatus === 'RUNNING';
      throw new TimedOut(`the task stopped: ${stoppedReason} ${JSON.stringify(containers)}`);
    });
  }

  untilStopped(arn: string): Promise<Task> {
    return this.untilTask(arn, ({ lastStatus }) => lastStatus === 'STOPPED');
  }

  untilTask(arn: string, isSo: (task: Task) => boolean): Promise<Task> {
    return until(async () => {
      const task = await this.task(arn);
      if (!isSo(task)) throw new Error(`still ${JSON.stringify(task)}`);
      return task;
    });
  }

  /** ARNs of all tasks of the cluster with this desired status. */
  async taskArns(desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly string[]> {
    const arns: string[] = [];
    const pages = paginateListTasks({ client: this.ecs }, { cluster: this.name, desiredStatus });
    for await (const { taskArns } of pages) arns.push(...taskArns!);
    return arns;
  }

  /** Ids of a task's containers in Docker, or of the one called `name`, running or not. */
  async containerIds(taskArn: string, name?: string): Promise<readonly string[]> {
    const label = [
      `com.amazonaws.ecs.task-arn=${taskArn}`,
      ...(name === undefined ? [] : [`com.amazonaws.ecs.container-name=${name}`]),
    ];
    const found = await this.docker.listContainers({ all: true, filters: { label } });
    return found.map(({ Id }) => Id);
  }

  /** The one container of the task with this name, as Docker knows it. */
  async inspect(task: Task, name: string): Promise<ContainerState> {
    const [id, second] = await this.containerIds(task.taskArn!, name);
    if (id === undefined || second !== undefined) throw new Error(`not one container ${name} of the task`);
    return this.docker.getContainer(id).inspect();
  }

  /** What a container has written. */
  async logs(task: Task, name: string): Promise<string> {
    const { Id } = await this.inspect(task, name);
    return unframed(await this.docker.getContainer(Id).logs({ stdout: true, stderr: true }));
  }

  /** Runs a program in a running container and answers what it wrote. */
  async exec(task: Task, name: string, ...command: string[]): Promise<string> {
    const { Id } = await this.inspect(task, name);
    const exec = await this.docker
      .getContainer(Id)
      .exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
    const chunks: Buffer[] = [];
    for await (const chunk of await exec.start({})) chunks.push(chunk as Buffer);
    return unframed(Buffer.concat(chunks));
  }

  /** Ends every process, then removes what they left. */
  async close(): Promise<void> {
    for (const process of this.#processes.splice(0).reverse()) await process.end('SIGKILL');
    this.#ecs?.destroy();
    await removeContainers(this.docker, this.clusterLabel);
    const { Volumes } = await this.docker.listVolumes({ filters: { name: [this.name] } });
    await Promise.all(Volumes.map(({ Name }) => this.docker.getVolume(Name).remove()));
    rmSync(this.data, { recursive: true });
  }

  #serverFlags(): readonly string[] {
    return ['--data', this.data, '--port', String(this.port)];
  }

  #start(args: readonly string[], env: Environment): StartingProcess {
    const process = startLongshore(args, { DOCKER_HOST: this.#host, ...env });
    this.#processes.push(process);
    return process;
  }
}

/** Waiting longer cannot help. */
class TimedOut extends Error {}

/** Tries again until `look` resolves; rejects with its last error after `timeout` ms, or at once when it has given up. */
export async function until<T>(look: () => Promise<T>, timeout = defaultTimeout): Promise<T> {
  const found = await vi.waitFor(
    async () => {
      try {
        return { value: await look() };
      } catch (error) {
        if (error instanceof TimedOut) return { error };
        throw error;
      }
    },
    { timeout, interval: 50 },
  );
  if ('error' in found) throw found.error;
  return found.value;
}

/** Docker's stream of frames, each with a header of 8 bytes, without the headers. */
function unframed(stream: Buffer): string {
  const texts: string[] = [];
  for (let at = 0; at + 8 <= stream.length;) {
    const end = at + 8 + stream.readUInt32BE(at + 4);
    texts.push(stream.toString('utf8', at + 8, end));
    at = end;
  }
  return texts.join('');
}
