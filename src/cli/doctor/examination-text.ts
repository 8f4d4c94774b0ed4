// An examination of a data directory for people: a line for each file, then what is wrong.
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/text-table.ts';
import type { Examination, ExaminedFile } from './examine-directory.ts';

const columns = 80;

export function examinationLines({ directory, files }: Examination, paint: Paint): string[] {
  const table = textTable(['FILE', 'STATE', 'WHAT'], files.map(row));
  return [directory, ...table.map((line) => painted(line, paint)), ...files.flatMap(findingLines)];
}

const row = ({ file, about, findings }: ExaminedFile): string[] => [
  file,
  findings.length === 0 ? 'sound' : 'damaged',
  about,
];

const painted = (line: string, paint: Paint): string =>
  line
    .replace(/ {2}damaged( |$)/, (_all, end: string) => `  ${paint('bad', 'damaged')}${end}`)
    .replace(/ {2}sound( |$)/, (_all, end: string) => `  ${paint('good', 'sound')}${end}`);

function findingLines({ file, findings }: ExaminedFile): string[] {
  if (findings.length === 0) return [];
  return ['', `${file}:`, ...findings.flatMap(({ where, what }) => placedLine(where, what))];
}

/** On one line where it fits, the place alone on a line where it does not. */
function placedLine(where: string, what: string): string[] {
  const line = `  ${where}: ${what}`;
  return line.length <= columns ? [line] : [`  ${where}:`, `    ${what}`];
}
