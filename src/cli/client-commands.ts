// The commands that ask a running server something: explain, plan, keys. What they do is loaded when one of them runs.
import { Argument, type Command } from 'commander';
import { clusterFlag, withClientFlags, type ClientFlags } from './client/client-flags.ts';
import type { CreateKeyFlags } from './client/keys-command.ts';
import type { ExplainKind } from './explain/explain-command.ts';

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
  addKeyCommands(root.command('keys').description("the account's access keys: one for each machine"));
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
