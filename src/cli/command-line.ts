// The command line: reads the arguments, calls one command, turns its outcome into an exit code.
import { Command, CommanderError, Option } from 'commander';
import { version } from '../version.ts';
import { addClientCommands } from './client-commands.ts';
import type { DoctorFlags } from './doctor/doctor-command.ts';
import { env } from './env.ts';
import { errorText } from './terminal/error-text.ts';
import { complain, outliveReaders, print } from './terminal/output.ts';
import { addServiceCommands } from './service/service-commands.ts';
import { readSettings, type SettingName, type Settings } from './settings.ts';
import { simulateFlags } from './simulate/simulate-flags.ts';
import { UsageError } from './usage-error.ts';

const done = 0;
const failed = 1;
const badUsage = 2;

type Flags = Partial<Record<SettingName, unknown>> & {
  config?: string;
  agent?: boolean;
  stopTasks?: boolean;
  new?: boolean;
  once?: boolean;
};

/** Flags that are no settings. */
const notSettings = new Set(['config', 'agent', 'stopTasks', 'new', 'once']);

function settingsOf(flags: Flags): Settings {
  const input = Object.fromEntries(Object.entries(flags).filter(([name]) => !notSettings.has(name)));
  return readSettings(input, process.env, flags.config);
}

/** For an option that may be given several times. */
function eachInput(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const option = {
  config: new Option('--config <file>', 'a settings file (default: longshore.yaml in the working directory)'),
  data: new Option('--data <directory>', 'where all state is stored (default: ~/.longshore)'),
  host: new Option('--host <address>', 'the address to listen on (default: 127.0.0.1)'),
  port: new Option('--port <number>', 'the port of all APIs (default: 4566)'),
  advertise: new Option(
    '--advertise <url>',
    'the URL at which agents reach this server (default: its address)',
  ),
  account: new Option('--account <id>', 'the account of the first access key (default: 000000000000)'),
  region: new Option('--region <name>', 'the region of the cluster (default: us-east-1)'),
  cluster: new Option('--cluster <name>', 'the cluster to create and join (default: default)'),
  instances: new Option('--instances <n>', 'number of container instances on the Docker engine (default: 1)'),
  bindAddress: new Option(
    '--bind-address <address>',
    "the address of tasks' host ports (default: 127.0.0.1)",
  ),
  noAgent: new Option('--no-agent', 'run only the control plane'),
  new: new Option('--new', 'start with an empty state where the state of the data directory is missing'),
  stopTasks: new Option('--stop-tasks', 'stop the tasks on exit (default: they keep running)'),
  healthyAfter: new Option(
    '--healthy-after <time>',
    'how long a service task without health checks runs before it counts as healthy (default: 5s for up, 40s for server)',
  ),
  lostAfter: new Option(
    '--lost-after <time|never>',
    'how long an agent may be silent before services replace the tasks of its host (default: 1m for up, 5m for server)',
  ),
  retention: new Option(
    '--stopped-task-retention <time>',
    'how long stopped tasks can be described (default: 1h)',
  ),
  metrics: new Option(
    '--metrics <counts|names>',
    'names: /metrics, which needs no signature, names clusters and capacity providers (default: counts)',
  ),
  trailKept: new Option(
    '--trail-kept <time>',
    'how long calls are kept on record, 0 for not at all (default: 90d)',
  ),
  throttling: new Option('--throttling <off|ecs>', "refuse requests beyond ECS's rates (default: off)"),
  lambdaEndpoint: new Option(
    '--lambda-endpoint <url>',
    'the URL where Lambda functions are invoked as lifecycle hooks (default: none)',
  ),
  hookTargets: new Option(
    '--hook-targets <urls>',
    'comma-separated URLs under which lifecycle hooks may be called (default: none)',
  ),
  agentUpdate: new Option(
    '--agent-update <version=url#sha256>',
    'the agent version that UpdateContainerAgent updates to (default: none)',
  ),
  ecrUpstreams: new Option(
    '--ecr-upstreams <host=url>',
    'a registry that pull-through cache rules may name, and where it is; repeatable (default: none)',
  ).argParser(eachInput),
  efsExport: new Option(
    '--efs-export <nfs://host/path>',
    'a mounted export of NFS that EFS file systems are made on (default: none, they are in the data directory)',
  ),
  forward: new Option(
    '--forward <service=url>',
    'where requests of a service that is not served are sent on to, * being all others; repeatable (default: none)',
  ).argParser(eachInput),
  forwardCredentials: new Option(
    '--forward-credentials <service=profile[@file]>',
    'the profile of an AWS credentials file that forwarded requests are signed with; repeatable (default: unsigned)',
  ).argParser(eachInput),
  logLevel: new Option('--log-level <level>', 'debug, info, warn, error or silent (default: warn)'),
};

const serverOptions = [
  option.config,
  option.data,
  option.host,
  option.port,
  option.advertise,
  option.account,
  option.region,
  option.healthyAfter,
  option.lostAfter,
  option.retention,
  option.trailKept,
  option.throttling,
  option.metrics,
  option.lambdaEndpoint,
  option.hookTargets,
  option.agentUpdate,
  option.ecrUpstreams,
  option.efsExport,
  option.forward,
  option.forwardCredentials,
  option.logLevel,
  option.new,
];
const upOptions = [...serverOptions, option.cluster, option.instances, option.bindAddress, option.stopTasks];

function withOptions(command: Command, options: readonly Option[]): Command {
  for (const one of options) command.addOption(one);
  return command;
}

/** The commands; each answers its exit code through `exit`. */
function program(exit: (code: number) => void): Command {
  const root = new Command('longshore')
    .description('Amazon ECS on your own machines.')
    .version(version, '-V, --version');
  withOptions(root.command('up').description('control plane and container instances in one process'), [
    ...upOptions,
    option.noAgent,
  ]).action(async (flags: Flags) => {
    const { up } = await import('./machine/up-command.ts');
    exit(
      await up({
        settings: settingsOf(flags),
        agent: flags.agent !== false,
        stopTasks: flags.stopTasks === true,
        startOver: flags.new === true,
      }),
    );
  });
  withOptions(root.command('server').description('the control plane alone'), serverOptions).action(
    async (flags: Flags) => {
      const { server } = await import('./machine/up-command.ts');
      exit(await server(settingsOf(flags), flags.new === true));
    },
  );
  root
    .command('agent')
    .description(
      'one container instance on this machine, configured by ECS_* variables and /etc/ecs/ecs.config',
    )
    .action(async () => {
      const { agent } = await import('./machine/agent-command.ts');
      exit(await agent());
    });
  withOptions(root.command('start').description('up, with an example task and what to try next'), [
    ...upOptions,
    new Option('--once', 'check that the example answers, stop everything and exit'),
  ]).action(async (flags: Flags) => {
    const { start } = await import('./start/start-command.ts');
    exit(
      await start({
        settings: settingsOf(flags),
        stopTasks: flags.stopTasks === true,
        startOver: flags.new === true,
        once: flags.once === true,
      }),
    );
  });
  withOptions(
    root
      .command('simulate')
      .description('simulated container instances: they speak the agent protocol and run no containers'),
    [...simulateFlags, option.config, option.data, option.cluster, option.region, option.logLevel],
  ).action(async (flags: Readonly<Record<string, unknown>>) => {
    const { simulate } = await import('./simulate/simulate-command.ts');
    exit(await simulate(flags));
  });
  addServiceCommands(root, exit);
  addClientCommands(root, exit);
  withOptions(
    root.command('env').description('prints shell commands for eval that point AWS tools at a server'),
    [option.config, option.data, new Option('--json', 'print JSON')],
  ).action(({ json, ...flags }: Flags & { json?: boolean }) => env(settingsOf(flags).data, json === true));
  root
    .command('doctor')
    .description('checks the data directory of a stopped server or agent')
    .argument('[directory]', 'default: that of --data')
    .addOption(option.config)
    .addOption(option.data)
    .option('--repair', 'keep the intact rows, and move the damaged files aside')
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, { repair, json, ...flags }: Flags & DoctorFlags) => {
      const { doctor } = await import('./doctor/doctor-command.ts');
      exit(doctor(directory ?? settingsOf(flags).data, { repair: repair === true, json: json === true }));
    });
  root
    .command('version')
    .description('the version of Longshore')
    .action(() => print(version));
  return root;
}

const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** Runs what the process's arguments say; answers the exit code. */
export async function runCommandLine(): Promise<number> {
  outliveReaders();
  process.on('uncaughtException', (error) => {
    complainOf(error, 'Unexpected error: ');
    process.exit(failed);
  });
  let exitCode = done;
  const root = program((code) => (exitCode = code));
  for (const command of withSubcommands(root)) {
    command
      .exitOverride()
      .showHelpAfterError('Run it with --help to see commands and options.')
      .configureOutput({ writeOut: eachLine(print), writeErr: eachLine(complain) });
  }
  try {
    await root.parseAsync();
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? done : badUsage;
    complainOf(error);
    return error instanceof UsageError ? badUsage : failed;
  }
}

const eachLine =
  (write: (line: string) => void) =>
  (text: string): void => {
    for (const line of text.trimEnd().split('\n')) write(line);
  };

/** In one sentence; where it came from only for those who asked for it. */
function complainOf(error: unknown, opening = ''): void {
  complain(`${opening}${errorText(error)}`);
  const isAsked = process.env['LONGSHORE_LOG_LEVEL'] === 'debug';
  if (isAsked && error instanceof Error) eachLine(complain)(error.stack ?? '');
}
