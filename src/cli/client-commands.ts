// The commands that ask a running server something: explain, plan, trail, keys. What they do is loaded when one of them runs.
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { clusterFlag, withClientFlags, type ClientFlags } from './client/client-flags.ts';
import { readDuration } from './duration.ts';
import { wholeNumber } from './issue-text.ts';
import type { CreateKeyFlags } from './client/keys-command.ts';
import type { ExplainKind } from './explain/explain-command.ts';
import type { TrailFlags } from './trail/trail-command.ts';

const kinds: readonly ExplainKind[] = ['task-definition', 'task', 'service'];

/** Adds them to `root`; each answers its exit code, if it is not 0, through `exit`. */
export function addClientCommands(root: Command, exit: (code: number) => void): void {
  withClientFlags(root.command('explain'))
    .description('why a task cannot be placed, what a service waits for, and what to change')
    .addArgument(new Argument('<kind>', 'what to explain').choices(kinds))
    .argument('<name>', 'family, family:revision, id, name or ARN')
    .addOption(clusterFlag)
    .action(async (kind: ExplainKind, name: string, flags: ClientFlags) => {
      const { explain } = await import('./explain/explain-command.ts');
      await explain(kind, name, flags);
    });
  withClientFlags(root.command('plan'))
    .description(
      'where tasks would be placed, also without some instances or with services scaled; changes nothing',
    )
    .argument('<file>', 'the plan, YAML or JSON; - reads standard input')
    .addOption(clusterFlag)
    .action(async (file: string, flags: ClientFlags) => {
      const { plan } = await import('./explain/plan-command.ts');
      exit(await plan(file, flags));
    });
  root
    .command('check')
    .description(
      'whether a task definition can be registered and run, and every problem with it; calls no server',
    )
    .argument(
      '<file>',
      'input of register-task-definition --cli-input-json or output of describe-task-definition; - reads standard input',
    )
    .option('--json', 'print JSON')
    .action(async (file: string, flags: { readonly json?: boolean }) => {
      const { check } = await import('./check/check-command.ts');
      exit(check(file, flags));
    });
  addTrail(root, exit);
  addKeyCommands(root.command('keys').description("the account's access keys: one for each machine"));
}

function since(text: string): number {
  const value = readDuration(text);
  if (value === undefined) throw new InvalidArgumentError('Give a duration such as 15m, 1h or 7d.');
  return value;
}

function limit(text: string): number {
  const read = wholeNumber(1, 1000).safeParse(text);
  if (!read.success) throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return read.data;
}

function addTrail(root: Command, exit: (code: number) => void): void {
  withClientFlags(root.command('trail'))
    .description('who called what: changing calls and denials, oldest first; --json prints their records')
    .option('-f, --follow', 'keep printing new calls')
    .option('--user <name>', "only calls of this user, or of a role's session of this name")
    .option('--event <operation>', 'only calls of this operation, e.g. RunTask')
    .option('--service <name>', 'only calls of this service, e.g. ecs')
    .option('--denied', 'only calls that were denied')
    .addOption(new Option('--since <time>', 'only calls of the last 15m, 1h, 7d').argParser(since))
    .addOption(
      new Option('--limit <n>', 'maximum number of earlier calls, 1 to 1000 (default: 50)').argParser(limit),
    )
    .action(async (flags: TrailFlags) => {
      const { trail } = await import('./trail/trail-command.ts');
      exit(await trail(flags));
    });
}

function addKeyCommands(keys: Command): void {
  withClientFlags(keys.command('create'))
    .description('creates an access key; its secret is shown once')
    .argument('[user]', 'the user name of the key (default: agent)')
    .option('--for-agent', 'may do only what an agent does, for the instances that it registers itself')
    .option('--cluster <name>', 'with --for-agent: registers instances into this cluster only')
    .action(async (user: string | undefined, flags: CreateKeyFlags) => {
      const { createKey } = await import('./client/keys-command.ts');
      await createKey(user, flags);
    });
  withClientFlags(keys.command('list'))
    .description('lists the access keys, without their secrets')
    .action(async (flags: ClientFlags) => {
      const { listKeys } = await import('./client/keys-command.ts');
      await listKeys(flags);
    });
  withClientFlags(keys.command('delete'))
    .description('revokes an access key')
    .argument('<id>', 'its id, AKIA…')
    .action(async (id: string, flags: ClientFlags) => {
      const { deleteKey } = await import('./client/keys-command.ts');
      await deleteKey(id, flags);
    });
}
