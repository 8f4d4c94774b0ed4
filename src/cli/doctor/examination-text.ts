// An examination of a data directory for people: a line for each file, then what is wrong.
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/text-table.ts';
import type { Examination, ExaminedFile } from './examine-directory.ts';

const columns = 80;

export function examinationLines({ directory, files }: Examination, paint: Paint): string[] {
  const table = textTable(
    [{ head: 'FILE' }, { head: 'STATE' }, { head: 'WHAT' }],
    files.map((file) => row(file, paint)),
  );
  return [directory, ...table, ...files.flatMap(findingLines)];
}

const row = ({ file, about, findings }: ExaminedFile, paint: Paint): string[] => [
  file,
  findings.length === 0 ? paint('good', 'intact') : paint('bad', 'damaged'),
  about,
];

function findingLines({ file, findings }: ExaminedFile): string[] {
  if (findings.length === 0) return [];
  return ['', `${file}:`, ...findings.flatMap(({ where, what }) => placedLine(where, what))];
}

/** On one line where it fits, the place alone on a line where it does not. */
function placedLine(where: string, what: string): string[] {
  const line = `  ${where}: ${what}`;
  return line.length <= columns ? [line] : [`  ${where}:`, `    ${what}`];
}
