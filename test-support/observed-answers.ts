// What the running test saw operations answer: kept with the test's result, where scripts/coverage reads it.
import { TestRunner } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** `<operation> <OK or the error's code>`, each once, in the order first seen. */
    answers?: string[];
  }
}

/** For a handler's `observe`: notes the answer with the test that is running, if one is. */
export function observeAnswer(operation: string, code: string): void {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) return;
  const answer = `${operation} ${code}`;
  const answers = (test.meta.answers ??= []);
  if (!answers.includes(answer)) answers.push(answer);
}

/** As `observeAnswer`, where chance decides the answers: what is noted is that the operation was called. */
export const observeCall = (operation: string): void => observeAnswer(operation, 'any');
