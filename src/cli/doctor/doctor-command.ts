// `longshore doctor`: checks a data directory, and makes a damaged one fit to be started on, when told to.
import { existsSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repairState } from '../../store/journal/repair-state.ts';
import { databaseFile } from '../../store/journal/state-files.ts';
import { accessFile } from '../access-file.ts';
import { paint } from '../terminal/paint.ts';
import { print, printJson } from '../terminal/output.ts';
import { examinationLines } from './examination-text.ts';
import {
  bulkDirectory,
  examineDirectory,
  registryDirectory,
  type Examination,
  type ExaminedFile,
} from './examine-directory.ts';

export interface DoctorFlags {
  readonly repair?: boolean;
  readonly json?: boolean;
}

const sound = 0;
const damaged = 3;

/** Answers the exit code: 0 when all is sound, or was made so; 3 when something is damaged. */
export function doctor(directory: string, { repair = false, json = false }: DoctorFlags): number {
  const examination = examineDirectory(resolve(directory));
  const repairs = repair
    ? examination.files.filter(isDamaged).map((file) => repaired(examination, file))
    : [];
  if (json) printJson({ ...examination, repairs }, 2);
  else report(examination, repairs);
  const isLeft = examination.files.some((file) => isDamaged(file) && file.file === registryDirectory);
  return examination.isSound || (repair && !isLeft) ? sound : damaged;
}

const isDamaged = ({ findings }: ExaminedFile): boolean => findings.length > 0;

/** A sentence about what was done. */
function repaired({ directory }: Examination, { file }: ExaminedFile): string {
  if (file === databaseFile) {
    const { rows, revision, setAside } = repairState(directory);
    return `${file} was rebuilt from ${rows} intact rows, at revision ${revision}; the damaged files are in ${setAside}.`;
  }
  if (file === registryDirectory)
    return `${file} was left as it is: push the images again that lack something.`;
  const aside = `${file}.damaged`;
  renameSync(join(directory, file), join(directory, aside));
  if (file.startsWith(bulkDirectory)) {
    for (const end of ['-wal', '-shm'].filter((one) => existsSync(join(directory, file + one))))
      renameSync(join(directory, file + end), join(directory, aside + end));
    return `${file} was moved to ${aside}: the server begins a new one, without what was in it.`;
  }
  return file === accessFile
    ? `${file} was moved to ${aside}: the next start of the server writes a new one.`
    : `${file} was moved to ${aside}: the agent registers as a new container instance, and stops what it ran before.`;
}

function report(examination: Examination, repairs: readonly string[]): void {
  for (const line of examinationLines(examination, paint)) print(line);
  if (examination.isSound) return;
  print();
  for (const line of repairs) print(line);
  if (repairs.length === 0) print(`Restore a backup of the directory. ${withoutBackup(examination)}`);
}

const withoutBackup = ({ directory }: Examination): string =>
  hasState(directory)
    ? 'Without a backup, --repair keeps the intact rows.'
    : 'Without a backup there is nothing to keep: start the server with --new.';

const hasState = (directory: string): boolean =>
  (statSync(join(directory, databaseFile), { throwIfNoEntry: false })?.size ?? 0) > 0;
