// What went wrong as one sentence for people, whatever was thrown.
import { fileErrorText } from '../../lib/file-error.ts';

/** What helps where something could not be written for want of room, with a blank before it; empty for every other failure. */
export const diskFullAdvice = (problem: unknown): string =>
  /disk is full/.test(errorText(problem))
    ? ' Make room on the disk and start it again: nothing that was acknowledged is lost.'
    : '';

/** The first line of an error's message: the rest of it are details of those who made it. */
export function errorText(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const ofFile = fileErrorText(problem);
  if (ofFile !== undefined) return ofFile;
  const [first = ''] = problem.message.trim().split('\n');
  if (first !== '') return first;
  // Several attempts failed, and none of them speaks for all.
  if (problem instanceof AggregateError && problem.errors.length > 0) return errorText(problem.errors[0]);
  return problem.name;
}
