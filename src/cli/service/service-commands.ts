// The commands about services and their tasks: deploy, watch, wait, failures, replace, ps, events. What they do is loaded when one of them runs.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { wholeNumber } from '../issue-text.ts';
import { readDuration } from '../duration.ts';
import { clusterFlag, withClientFlags } from '../client/client-flags.ts';
import type { deploy } from './deploy-command.ts';
import type { events } from './events-command.ts';
import type { failures } from './failures-command.ts';
import type { ps } from './ps-command.ts';
import type { replace } from './replace-command.ts';
import type { watch } from './watch-command.ts';

function duration(text: string): number {
  const value = readDuration(text);
  if (value === undefined || value <= 0)
    throw new InvalidArgumentError('Give a duration such as 90s or 10m.');
  return value;
}

function limit(text: string): number {
  const read = wholeNumber(1, 50).safeParse(text);
  if (!read.success) throw new InvalidArgumentError('Give a whole number from 1 to 50.');
  return read.data;
}

const timeoutFlag = (): Option =>
  new Option('--timeout <time>', 'give up after this, with exit code 4 (default: 10m)').argParser(duration);

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Adds them to `root`; each answers its exit code, if it is not 0, through `exit`. */
export function addServiceCommands(root: Command, exit: (code: number) => void): void {
  addDeploy(root, exit);
  addFailures(root);
  addReplace(root);
  withClientFlags(root.command('watch'))
    .description('follows a rollout, line by line; its outcome is the exit code')
    .argument('<service>', 'name or ARN')
    .addOption(clusterFlag)
    .addOption(timeoutFlag())
    .option(
      '--follow',
      'continue after the rollout has ended, without a time limit unless --timeout sets one',
    )
    .action(async (service: string, flags: Parameters<typeof watch>[1]) => {
      const command = await import('./watch-command.ts');
      exit(await command.watch(service, flags));
    });
  withClientFlags(root.command('wait'))
    .description('waits until a service is stable; exits at once if its rollout has failed')
    .argument('<service>', 'name or ARN')
    .addOption(clusterFlag)
    .addOption(timeoutFlag())
    .action(async (service: string, flags: Parameters<typeof watch>[1]) => {
      const command = await import('./watch-command.ts');
      exit(await command.wait(service, flags));
    });
  withClientFlags(root.command('ps'))
    .description('lists the tasks of a cluster or of a service')
    .addOption(clusterFlag)
    .option('--service <service>', 'only its tasks; name or ARN')
    .option('--all', 'stopped tasks too, and why they stopped')
    .option('--wide', 'whole ids, and nothing cut to fit the terminal')
    .action(async (flags: Parameters<typeof ps>[0]) => {
      const command = await import('./ps-command.ts');
      await command.ps(flags);
    });
  withClientFlags(root.command('events'))
    .description('the events of a service, oldest first')
    .argument('<service>', 'name or ARN')
    .addOption(clusterFlag)
    .option('--follow', 'keep printing new events')
    .action(async (service: string, flags: Parameters<typeof events>[1]) => {
      const command = await import('./events-command.ts');
      exit(await command.events(service, flags));
    });
}

function addFailures(root: Command): void {
  withClientFlags(root.command('failures'))
    .description('failed tasks: reasons, exit codes and last log lines')
    .argument('[service]', 'name or ARN; without it, standalone tasks')
    .addOption(clusterFlag)
    .option('--deployment <id>', 'only this deployment: ecs-svc/… or the ARN of a service deployment')
    .addOption(new Option('--limit <n>', 'maximum number of tasks, 1 to 50 (default: 10)').argParser(limit))
    .action(async (service: string | undefined, flags: Parameters<typeof failures>[1]) => {
      const command = await import('./failures-command.ts');
      await command.failures(service, flags);
    });
}

function addReplace(root: Command): void {
  withClientFlags(root.command('replace'))
    .description('replaces a task of a service: starts another first, then stops this one')
    .argument('<task>', 'id or ARN')
    .addOption(clusterFlag)
    .action(async (task: string, flags: Parameters<typeof replace>[1]) => {
      const command = await import('./replace-command.ts');
      await command.replace(task, flags);
    });
}

function addDeploy(root: Command, exit: (code: number) => void): void {
  withClientFlags(root.command('deploy'))
    .description('deploys new images or another task definition to a service')
    .argument('<service>', 'name or ARN')
    .addOption(clusterFlag)
    .addOption(
      new Option(
        '--image <container=image>',
        'a new image for this container, in a new revision; repeatable',
      ).argParser(collect),
    )
    .option('--task-definition <name>', 'family, family:revision or ARN')
    .option('--force', 'deploy even if nothing changed')
    .option('--wait', 'follow the rollout as watch does; its outcome is the exit code')
    .addOption(timeoutFlag())
    .action(async (service: string, flags: Parameters<typeof deploy>[1]) => {
      const command = await import('./deploy-command.ts');
      exit(await command.deploy(service, flags));
    });
}
