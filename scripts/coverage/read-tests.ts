// The wire's tests that passed, and what each of them saw operations answer, from what the test runner wrote about its run.
import { z } from 'zod';

/** A test that passed. */
export interface WireTest {
  /** Its file, from test/wire. */
  readonly file: string;
  /** The titles of the groups that it is in, outermost first. */
  readonly groups: readonly string[];
  readonly title: string;
  readonly answers: readonly Answer[];
}

/** That an operation answered `OK`, an error of that code, or `any`: one that chance decided. */
export interface Answer {
  readonly operation: string;
  readonly code: string;
}

export interface TestRun {
  /** In the order of the files' names, then as they stand there. */
  readonly passed: readonly WireTest[];
  /** Files with a test that failed, or that could not be loaded. */
  readonly failed: readonly string[];
}

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          meta: z.object({ answers: z.array(z.string()).optional() }),
        }),
      ),
    }),
  ),
});

/** Where AWS's own cases are: none of them calls an operation of a service. */
const withoutAnswers = /\/test\/wire\/vectors\//;

/** Reads the JSON report of a run that had the files of test/wire in it, folders included. Throws when `json` is no report. */
export function readTests(json: string): TestRun {
  const files = report
    .parse(JSON.parse(json))
    .testResults.filter(({ name }) => name.includes(folder) && !withoutAnswers.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    passed: files.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'passed')
        .map(({ ancestorTitles, title, meta }) => ({
          file: fileName(name),
          groups: ancestorTitles,
          title,
          answers: (meta.answers ?? []).map(readAnswer),
        })),
    ),
    failed: files.filter(({ status }) => status === 'failed').map(({ name }) => fileName(name)),
  };
}

const folder = '/test/wire/';
const fileName = (path: string): string => path.slice(path.lastIndexOf(folder) + folder.length);

function readAnswer(text: string): Answer {
  const [operation, code] = text.split(' ');
  if (!operation || !code) throw new Error(`'${text}' is not an operation and what it answered.`);
  return { operation, code };
}
