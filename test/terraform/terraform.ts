// The stock Terraform with its AWS provider, and the way that the stacks of this folder go: they are applied, planned without
// change, changed, planned without change again, and destroyed, against a Longshore of their own.
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, vi } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../src/server.ts';

// Terraform reads the schema of all that AWS has at each start, which takes seconds, more on a machine that has other work.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

/** What a machine needs for these tests. */
interface Installation {
  /** The program's file. */
  readonly program: string;
  /** The folder that the provider lies in, unpacked. */
  readonly provider: string;
}

const platform = `linux_${process.arch === 'x64' ? 'amd64' : process.arch}`;
const source = 'registry.terraform.io/hashicorp/aws';

/** Where providers may lie unpacked: where Terraform itself looks, and in a folder of those where packages are put beside the system. */
const mirrors = [
  process.env['TF_PLUGIN_CACHE_DIR'],
  join(homedir(), '.terraform.d/plugins'),
  '/usr/local/share/terraform/plugins',
  ...globSync('/opt/*'),
];

const installation = findInstallation();

function findInstallation(): Installation | undefined {
  const program = ['terraform', ...globSync('/opt/*/terraform')].map(programOf).find((found) => found !== '');
  const provider = mirrors.flatMap((mirror) => (mirror === undefined ? [] : providersIn(mirror))).at(-1);
  if (program !== undefined && provider !== undefined) return { program, provider };
  const missing = program === undefined ? 'Terraform' : 'The AWS provider of Terraform';
  if (process.env['CI']) throw new Error(`${missing} is not installed, and under CI its tests must run.`);
  process.stderr.write(`${missing} is not installed: the tests that need it are skipped.\n`);
  return undefined;
}

function programOf(name: string): string {
  try {
    const args = ['-c', `command -v ${name}`];
    return execFileSync('sh', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function providersIn(mirror: string): readonly string[] {
  if (!existsSync(mirror)) return [];
  return globSync(`${source}/*/${platform}`, { cwd: mirror }).map((at) => join(mirror, at));
}

/** A suite that needs Terraform: skipped where there is none, with a line that says so. */
export function describeWithTerraform(name: string, body: () => void): void {
  describe.skipIf(installation === undefined)(name, () => body());
}

/** Variables of a stack, as `-var` takes them. */
type Variables = Readonly<Record<string, string>>;

/** What a command of Terraform did, or would do. */
export interface Step {
  /** One line for each resource that is read, made, changed or destroyed, and each output, e.g. `update module.efs.aws_efs_file_system.shop`. */
  readonly changes: readonly string[];
  /** What it could not do, each after the resource that it was for. */
  readonly errors: readonly string[];
  /** What the outputs are afterwards, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** A plan that would change something, as Terraform shows it to people. */
  readonly plan?: string;
}

/** What became of stacks that went their round. */
export interface Round {
  readonly created: Step;
  readonly unchangedAfterCreation: Step;
  readonly changed: Step;
  readonly unchangedAfterChange: Step;
  readonly destroyed: Step;
}

/** Of what `lines` say, what concerns the stack of the folder `stack` among several. */
export function ofStack(stack: string, lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.includes(` module.${stack}.`) || line.endsWith(` output.${stack}`));
}

/** A Longshore in a data directory of its own, a provider that runs as long as it does, and stacks that are applied to it. */
export class TerraformStack {
  readonly server: RunningServer;
  readonly #directory: string;
  readonly #provider: Provider;

  private constructor(server: RunningServer, directory: string, attached: Provider) {
    this.server = server;
    this.#directory = directory;
    this.#provider = attached;
  }

  /** Starts a server on a free port, and takes the `.tf` files of a folder beside the tests, e.g. `ec2`, as the stack. */
  static async open(folder: string, options: Partial<ServerOptions> = {}): Promise<TerraformStack> {
    return await TerraformStack.#open((root) => copyFolder(folder, root), options);
  }

  /**
   * Starts a server on a free port, and takes several folders as one stack, each as a module of its name that is given `changed`:
   * each command of Terraform costs seconds, however much it has to do. The outputs of each are one, under the folder's name.
   */
  static async openAll(
    folders: readonly string[],
    options: Partial<ServerOptions> = {},
  ): Promise<TerraformStack> {
    const stack = await TerraformStack.#open((root) => {
      for (const folder of folders) copyFolder(folder, join(root, folder));
      writeFileSync(join(root, 'main.tf'), rootOf(folders));
    }, options);
    await stack.#execute('get', []);
    return stack;
  }

  static async #open(fill: (root: string) => void, options: Partial<ServerOptions>): Promise<TerraformStack> {
    const directory = mkdtempSync(join(tmpdir(), 'longshore-terraform-'));
    const root = join(directory, 'stack');
    mkdirSync(root);
    fill(root);
    writeFileSync(join(root, 'provider.tf'), provider);
    writeFileSync(join(directory, 'terraform.rc'), settings(installation!.provider));
    const server = await startServer({
      dataDirectory: join(directory, 'data'),
      host: '127.0.0.1',
      port: 0,
      accountId: '000000000000',
      region: 'us-east-1',
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 1000,
      throttling: 'off',
      cluster: 'default',
      log: silentLog,
      onFailure: (error) => {
        throw error;
      },
      ...options,
    });
    return new TerraformStack(server, directory, await startProvider(environment(server)));
  }

  /** Reads where the state is kept that its files say; others than those with a `backend` do not need it. Answers what it said where it failed. */
  async init(): Promise<string | undefined> {
    const { code, text } = await this.#execute('init', ['-input=false', '-no-color']);
    return code === 0 ? undefined : text;
  }

  /** Makes the stack be as its files and `variables` say. */
  async apply(variables: Variables = {}): Promise<Step> {
    return await this.#step('apply', ['-auto-approve', ...variableFlags(variables)]);
  }

  /** What a plan would change. */
  async planned(variables: Variables = {}): Promise<Step> {
    const step = await this.#step('plan', ['-detailed-exitcode', '-out=plan', ...variableFlags(variables)]);
    if (step.changes.length === 0) return step;
    const { text } = await this.#execute('show', ['-no-color', 'plan']);
    return { ...step, plan: text };
  }

  async destroy(variables: Variables = {}): Promise<Step> {
    return await this.#step('destroy', ['-auto-approve', ...variableFlags(variables)]);
  }

  /**
   * Applies the stack, applies it with `changed`, and destroys it, with a plan after each. What fails in one stack of several is no
   * obstacle to the others: it is told, not judged.
   */
  async recordRound(changed: Variables): Promise<Round> {
    return {
      created: await this.apply(),
      unchangedAfterCreation: await this.planned(),
      changed: await this.apply(changed),
      unchangedAfterChange: await this.planned(changed),
      destroyed: await this.destroy(changed),
    };
  }

  async close(): Promise<void> {
    await this.#provider.stop();
    await this.server.stop();
    rmSync(this.#directory, { recursive: true });
  }

  async #step(command: string, flags: readonly string[]): Promise<Step> {
    const { code, text } = await this.#execute(command, [
      '-json',
      '-input=false',
      `-parallelism=${parallelism}`,
      ...flags,
    ]);
    return stepOf(command, code, text);
  }

  #execute(
    command: string,
    flags: readonly string[],
  ): Promise<{ readonly code: number; readonly text: string }> {
    const env = {
      ...environment(this.server),
      TF_CLI_CONFIG_FILE: join(this.#directory, 'terraform.rc'),
      TF_REATTACH_PROVIDERS: this.#provider.attach,
      CHECKPOINT_DISABLE: '1',
    };
    const options = { env, cwd: join(this.#directory, 'stack'), maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile(installation!.program, [command, ...flags], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
      });
    });
  }
}

/** Resources that Terraform works on at a time: for most of them the provider waits before it asks how far they are. */
const parallelism = 50;

function copyFolder(folder: string, to: string): void {
  cpSync(fileURLToPath(new URL(folder, import.meta.url)), to, { recursive: true });
}

function environment(server: RunningServer): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // No settings of whoever runs this, and nothing asked of a machine's metadata.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** A provider that runs by itself. Terraform would start one several times for each command, which takes longer than most commands. */
interface Provider {
  /** What tells Terraform where it is. */
  readonly attach: string;
  stop(): Promise<void>;
}

async function startProvider(env: NodeJS.ProcessEnv): Promise<Provider> {
  const directory = installation!.provider;
  const program = join(directory, globSync('terraform-provider-aws_*', { cwd: directory })[0]!);
  const child = spawn(program, ['-debug'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const attach = await attachment(child);
  return {
    attach,
    stop: async () => {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function attachment(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const attach = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line)?.[1];
      if (attach !== undefined) resolve(attach);
    });
    child.once('error', reject);
    child.once('exit', () =>
      reject(new Error('The AWS provider of Terraform ended before it said where it is.')),
    );
  });
}

/** A line of what Terraform tells with `-json`. */
interface Message {
  readonly type: string;
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly address?: string;
  };
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
  readonly hook?: { readonly action: string; readonly resource: { readonly addr: string } };
  readonly outputs?: Readonly<Record<string, { readonly action?: string; readonly value?: unknown }>>;
}

function stepOf(command: string, code: number, text: string): Step {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  const messages = lines.map((line) => JSON.parse(line) as Message);
  const changes = command === 'plan' ? planned(messages) : applied(messages);
  const errors = messages.flatMap(failure);
  const outputs = Object.entries(messages.findLast(({ type }) => type === 'outputs')?.outputs ?? {});
  return {
    changes: code === 2 && changes.length === 0 ? ['a change that no line tells'] : changes,
    errors: code === 1 && errors.length === 0 ? [text] : errors,
    outputs: Object.fromEntries(outputs.map(([name, { value }]) => [name, value])),
  };
}

function planned(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(({ type, change, outputs = {} }) => {
    if (type === 'planned_change') return [`${change!.action} ${change!.resource.addr}`];
    const others = Object.entries(outputs).filter(([, { action = 'noop' }]) => action !== 'noop');
    return others.map(([name, { action }]) => `${action} output.${name}`);
  });
}

function applied(messages: readonly Message[]): readonly string[] {
  const done = messages.filter(({ type }) => type === 'apply_complete');
  return done.map(({ hook }) => `${hook!.action} ${hook!.resource.addr}`);
}

function failure({ diagnostic }: Message): readonly string[] {
  if (diagnostic?.severity !== 'error') return [];
  const { address = 'the whole', summary, detail = '' } = diagnostic;
  return [`for ${address}: ${summary} ${detail}`];
}

const variableFlags = (variables: Variables): readonly string[] =>
  Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`);

const rootOf = (folders: readonly string[]): string => `variable "changed" {
  type    = bool
  default = false
}
${folders.map(moduleOf).join('')}`;

const moduleOf = (folder: string): string => `
module "${folder}" {
  source  = "./${folder}"
  changed = var.changed
}

output "${folder}" {
  value = module.${folder}
}
`;

/** A provider that is named so is used as it lies there: it is not copied and not hashed, and `init` is not needed. */
const settings = (directory: string): string => `provider_installation {
  dev_overrides {
    "hashicorp/aws" = ${JSON.stringify(directory)}
  }
  direct {}
}
`;

const provider = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true
  max_retries       = 1
}
`;
