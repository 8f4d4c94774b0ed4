// What a server's data directory holds beside its state, and what a person can do where the state is gone or damaged.
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { agentStateFile } from '../../agent/state.ts';
import { DirectoryError } from '../../lib/make-directory.ts';
import { masterKeyFile } from '../../server/master-key-file.ts';
import { MasterKeyError } from '../../server/master-key.ts';
import { ListenError } from '../../wire/listen.ts';
import { DamagedStateError, MissingStateError, StateInUseError } from '../../store/journal/state-errors.ts';
import { accessFile } from '../access-file.ts';

/** Where `up` keeps the states of its agents, a directory for each, called by its number. */
export const agentsDirectory = (data: string): string => join(data, 'agents');

/** The states of the agents of `up`, as paths in the data directory. */
export const agentStates = (data: string): string[] =>
  (existsSync(agentsDirectory(data)) ? readdirSync(agentsDirectory(data)) : [])
    .map((number) => join('agents', number, agentStateFile))
    .filter((file) => existsSync(join(data, file)));

/** Files in the directory that only a server with a state leaves. */
export const tracesOfUse = (data: string): string[] => [
  ...(existsSync(join(data, accessFile)) ? [accessFile] : []),
  ...agentStates(data),
];

/** Lets the agents of `up` begin as new container instances; what they ran they find by its labels, and end. */
export function setAgentsAside(data: string): void {
  for (const file of agentStates(data)) {
    for (const name of [file, `${file}-wal`, `${file}-shm`]) {
      const path = join(data, name);
      if (existsSync(path)) renameSync(path, `${path}.before-new`);
    }
  }
}

/** The error with what a person can do about it. */
export function withAdvice(error: unknown, command: 'up' | 'server'): unknown {
  if (error instanceof MissingStateError) {
    const advice =
      'Restore it from a backup of the directory, or start with --new for an empty state: that creates a new ' +
      `state and a new access key, and ${afterwards[command]}.`;
    return new Error(`${sentence(error.message)} ${advice}`, { cause: error });
  }
  if (error instanceof DamagedStateError) {
    const advice =
      `Nothing was changed. Restore a backup of the directory, or run 'longshore doctor ${error.directory}', which ` +
      'shows all damage and can keep the intact rows.';
    return new Error(`${sentence(error.message)} ${advice}`, { cause: error });
  }
  if (error instanceof MasterKeyError)
    return new Error(
      `${sentence(error.message)} Nothing was changed. Restore ${masterKeyFile} from a backup of the directory.`,
      { cause: error },
    );
  if (error instanceof DirectoryError)
    return new Error(`${sentence(error.message)} Choose another with --data.`, { cause: error });
  if (error instanceof StateInUseError)
    return new Error(sentence(`${error.message} with --data`), { cause: error });
  if (error instanceof ListenError)
    return new Error(`${sentence(error.message)} ${whereToListen(error.code)}`, { cause: error });
  return error;
}

const whereToListen = (code: string): string =>
  code === 'EADDRINUSE' || code === 'EACCES'
    ? 'Choose another with --port; 0 chooses a free one.'
    : 'Choose another with --host; 0.0.0.0 listens on all addresses.';

/** What becomes of the agents after a start with --new. */
const afterwards = {
  up: "the agent of 'up' registers as a new container instance and stops tasks of the old state that still run here",
  server: 'agents on other machines can register once their data directories are empty',
} as const;

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
