// Everything that a command writes goes through here: results to stdout, progress and complaints to stderr, colour only where
// somebody looks. What others chose (names, reasons, a server's words) cannot act on the terminal.
import { harmlessJson } from '../../lib/control-characters.ts';
import { errorText } from './error-text.ts';
import { paint, rendered } from './paint.ts';

const write = (stream: NodeJS.WriteStream, line: string): void =>
  void stream.write(`${rendered(line, stream)}\n`);

/** A line of result. */
export const print = (line = ''): void => write(process.stdout, line);

/** A result for programs: on one line, or indented. */
export const printJson = (value: object, indent?: number): void =>
  void process.stdout.write(`${harmlessJson(JSON.stringify(value, undefined, indent))}\n`);

/** A line about what is going on. */
export const progress = (line: string): void => write(process.stderr, paint('dim', line));

/** What went wrong, in one sentence, or as an error that says it. */
export const complain = (problem: unknown): void => write(process.stderr, paint('bad', errorText(problem)));

/** How many columns a line of result has; of a pipe without limit, so that nothing is cut that a program looks for. */
export const outputWidth = (): number =>
  process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;

/** For what the reader should see first. */
export const strong = (text: string): string => paint('strong', text);

/**
 * Whoever reads the output may go before all is written, as `head` does: what is written from then on goes nowhere, and
 * the command ends as it would have. Any other failure to write ends it.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      if (stream === process.stdout) complain(`The output cannot be written: ${error.message}`);
      process.exit(1);
    });
  }
}
