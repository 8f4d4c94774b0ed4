// What lies in a data directory, of a server or of an agent, and what is wrong with it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { examineAgentState } from '../../agent/examine-agent-state.ts';
import { agentStateFile } from '../../agent/state.ts';
import { examineBulk } from '../../bulk/examine-bulk.ts';
import { examineState } from '../../store/journal/examine-state.ts';
import { databaseFile, logFile, markFile } from '../../store/journal/state-files.ts';
import { keyInFile, masterKeyFile } from '../../server/master-key-file.ts';
import { accessFile, readAccess } from '../access-file.ts';
import { agentStates } from '../machine/data-directory.ts';
import { errorText } from '../terminal/error-text.ts';
import { examineRegistry } from './examine-registry.ts';

/** One file, or the files of one state. */
export interface ExaminedFile {
  /** A name in the directory. */
  readonly file: string;
  /** What it holds, for people. */
  readonly about: string;
  /** What is wrong, where; empty when it is sound. */
  readonly findings: readonly { readonly where: string; readonly what: string }[];
}

export interface Examination {
  readonly directory: string;
  readonly isSound: boolean;
  readonly files: readonly ExaminedFile[];
}

/** Changes nothing. Throws an Error when the directory holds no state, or a process is using it. */
export function examineDirectory(directory: string): Examination {
  const isServer = [databaseFile, logFile, markFile, accessFile].some((file) =>
    existsSync(join(directory, file)),
  );
  const agents = [agentStateFile]
    .filter((file) => existsSync(join(directory, file)))
    .concat(agentStates(directory));
  if (!isServer && agents.length === 0) {
    throw new Error(`There is no state of a server or an agent in ${directory}: give another directory.`);
  }
  const files = [
    ...(isServer
      ? [
          storeFiles(directory),
          masterKey(directory),
          access(directory),
          ...bulkFiles(directory),
          registry(directory),
        ].filter((file) => file !== undefined)
      : []),
    ...agents.map((file) => agentFile(directory, file)),
  ];
  return { directory, isSound: files.every(({ findings }) => findings.length === 0), files };
}

function storeFiles(directory: string): ExaminedFile {
  const { rows, revision, hasChecksums, findings } = examineState(directory);
  const at = revision === undefined ? '' : ` at revision ${revision}`;
  const about = `${rows} rows${at}${hasChecksums ? '' : ', no checksums yet'}`;
  const places = findings.map(({ file, where, what }) => ({
    where: file === databaseFile ? where : `${file}, ${where}`,
    what,
  }));
  return { file: databaseFile, about, findings: places };
}

function masterKey(directory: string): ExaminedFile | undefined {
  const file = masterKeyFile;
  try {
    const about = 'the key that secrets in the state are sealed with';
    return keyInFile(directory).read() && { file, about, findings: [] };
  } catch (error) {
    return { file, about: '', findings: [{ where: 'contents', what: errorText(error) }] };
  }
}

function access(directory: string): ExaminedFile | undefined {
  if (!existsSync(join(directory, accessFile))) return undefined;
  try {
    return { file: accessFile, about: `for ${readAccess(directory).endpoint}`, findings: [] };
  } catch (error) {
    return { file: accessFile, about: '', findings: [{ where: 'contents', what: errorText(error) }] };
  }
}

/** Where bulk data lies, a file each. */
export const bulkDirectory = 'bulk';

function bulkFiles(directory: string): ExaminedFile[] {
  const folder = join(directory, bulkDirectory);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.db')) : [];
  return names.toSorted().map((name) => {
    const { bytes, findings } = examineBulk(join(folder, name));
    const about = `${(bytes / 1024 / 1024).toFixed(1)} MiB of ${name.replace(/\.db$/, '')}`;
    return {
      file: join(bulkDirectory, name),
      about,
      findings: findings.map((what) => ({ where: 'file', what })),
    };
  });
}

/** The folder of the registry's engine. */
export const registryDirectory = 'registry';

function registry(directory: string): ExaminedFile | undefined {
  if (!existsSync(join(directory, registryDirectory))) return undefined;
  const { manifests, layers, findings } = examineRegistry(join(directory, registryDirectory));
  return {
    file: registryDirectory,
    about: `${manifests} manifests and ${layers} layers of images`,
    findings,
  };
}

function agentFile(directory: string, file: string): ExaminedFile {
  const { tasks, findings } = examineAgentState(join(directory, file));
  const about = `${tasks} task${tasks === 1 ? '' : 's'} of an agent`;
  return { file, about, findings: findings.map((what) => ({ where: 'state', what })) };
}
