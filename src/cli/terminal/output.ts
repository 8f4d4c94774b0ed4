// Terminal output for people: colour only where somebody looks, progress to stderr, results to stdout.
import { styleText } from 'node:util';

const coloured = (stream: NodeJS.WriteStream): boolean => stream.isTTY && !process.env['NO_COLOR'];

/** A line of result. */
export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** A line about what is going on. */
export const progress = (line: string): void =>
  void process.stderr.write(`${coloured(process.stderr) ? styleText('dim', line) : line}\n`);

/** What went wrong, in one sentence. */
export const complain = (line: string): void =>
  void process.stderr.write(`${coloured(process.stderr) ? styleText('red', line) : line}\n`);

/** For what the reader should see first. */
export const strong = (text: string): string => (coloured(process.stdout) ? styleText('bold', text) : text);

const colours = { good: 'green', bad: 'red', dim: 'dim' } as const;

/** How a piece of text is to look; the text builders are given it and know no terminal. */
export type Paint = (look: keyof typeof colours, text: string) => string;

/** For files and pipes. */
export const plainText: Paint = (_look, text) => text;

/** As standard output can show it. */
export const stdoutPaint: Paint = (look, text) =>
  coloured(process.stdout) ? styleText(colours[look], text) : text;
