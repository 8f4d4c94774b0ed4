// The flags of commands that ask a running server something.
import { Option, type Command } from 'commander';

export interface ClientFlags {
  readonly config?: string;
  readonly data?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly cluster?: string;
  readonly json?: boolean;
}

/** `--cluster` is apart: access keys belong to no cluster. */
const clientFlags: readonly Option[] = [
  new Option('--config <file>', 'a settings file (default: longshore.yaml in the working directory)'),
  new Option('--data <directory>', "the server's data directory (default: ~/.longshore)"),
  new Option('--endpoint <url>', 'the control plane, with AWS_* variables for access (default: see --data)'),
  new Option('--region <name>', "the region (default: that of the server's data directory)"),
  new Option('--json', 'print what the API answers'),
];

export const clusterFlag = new Option('--cluster <name>', 'the cluster (default: default)');

export function withClientFlags(command: Command): Command {
  for (const flag of clientFlags) command.addOption(flag);
  return command;
}
