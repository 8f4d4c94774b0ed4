// The stock Terraform with its AWS provider, and the way that each stack of the tests in this folder goes: it is applied, planned
// without change, changed, planned without change again, and destroyed, against a Longshore of its own.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, vi } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../src/server.ts';

// A round is some twenty starts of programs that take seconds each, more on a machine that has other work.
vi.setConfig({ testTimeout: 900_000 });

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

/** A Longshore in a data directory of its own, and a stack of Terraform that is applied to it. */
export class TerraformStack {
  readonly server: RunningServer;
  readonly #directory: string;

  private constructor(server: RunningServer, directory: string) {
    this.server = server;
    this.#directory = directory;
  }

  /** Starts a server on a free port, and makes a stack of the `.tf` files of a folder beside the tests, e.g. `ec2/network`. */
  static async open(folder: string, options: Partial<ServerOptions> = {}): Promise<TerraformStack> {
    const directory = mkdtempSync(join(tmpdir(), 'longshore-terraform-'));
    cpSync(fileURLToPath(new URL(folder, import.meta.url)), join(directory, 'stack'), { recursive: true });
    writeFileSync(join(directory, 'stack', 'provider.tf'), provider);
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
    return new TerraformStack(server, directory);
  }

  /** Makes the stack be as its files and `variables` say; throws with Terraform's own words where that fails. */
  async apply(variables: Variables = {}): Promise<void> {
    await this.#succeed('apply', ['-auto-approve', ...variableFlags(variables)]);
  }

  /** What a plan would change, in Terraform's words; undefined where it would change nothing. */
  async planned(variables: Variables = {}): Promise<string | undefined> {
    const { code, text } = await this.#run('plan', ['-detailed-exitcode', ...variableFlags(variables)]);
    if (code === 1) throw new Error(text);
    return code === 0 ? undefined : text;
  }

  async destroy(variables: Variables = {}): Promise<void> {
    await this.#succeed('destroy', ['-auto-approve', ...variableFlags(variables)]);
  }

  /** The outputs of the stack as it was applied last, by name. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { text } = await this.#run('output', ['-json']);
    const told = JSON.parse(text) as Record<string, { readonly value: unknown }>;
    return Object.fromEntries(Object.entries(told).map(([name, { value }]) => [name, value]));
  }

  /** Applies the stack, applies it with `changed`, and destroys it; each time a plan afterwards finds nothing to do. */
  async goRound(changed: Variables, look: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.apply();
    expect(await this.planned()).toBeUndefined();
    await look();
    await this.apply(changed);
    expect(await this.planned(changed)).toBeUndefined();
    await this.destroy(changed);
  }

  async close(): Promise<void> {
    await this.server.stop();
    rmSync(this.#directory, { recursive: true });
  }

  async #succeed(command: string, flags: readonly string[]): Promise<void> {
    const { code, text } = await this.#run(command, flags);
    if (code !== 0) throw new Error(text);
  }

  #run(command: string, flags: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
    const { accessKeyId, secretAccessKey } = this.server.controlPlane.administrator;
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      AWS_ENDPOINT_URL: this.server.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      // No settings of whoever runs this, and nothing asked of a machine's metadata.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      TF_CLI_CONFIG_FILE: join(this.#directory, 'terraform.rc'),
      CHECKPOINT_DISABLE: '1',
    };
    const args = [command, '-no-color', ...(command === 'output' ? [] : ['-input=false']), ...flags];
    const options = { env, cwd: join(this.#directory, 'stack'), maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile(installation!.program, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code);
        resolve({ code, text: code === 1 ? stderr + stdout : stdout });
      });
    });
  }
}

const variableFlags = (variables: Variables): readonly string[] =>
  Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`);

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
