// What the tests show of each operation. Pure: nothing counts but what a test that passed saw.
import type { WireTest } from './read-tests.ts';

/** Documented for most operations alike; each operation's own exceptions are told apart from them. */
const commonErrors: readonly string[] = [
  'AccessDeniedException',
  'ClientException',
  'InvalidParameterException',
  'ServerException',
  'UnsupportedFeatureException',
];

export interface Coverage {
  /** In alphabetical order. */
  readonly operations: readonly OperationCoverage[];
  /** Tests that speak of no operation in particular. */
  readonly general: readonly Behaviour[];
}

export interface OperationCoverage {
  readonly name: string;
  readonly state: State;
  readonly behaviours: readonly Behaviour[];
  /** Documented for the operation: those that a test saw, and those that none saw. */
  readonly own: Seen;
  readonly common: Seen;
  /** Codes that a test saw and that AWS does not document for the operation. */
  readonly others: readonly string[];
}

/** `unshown`: the code says one or the other, and no test shows it. */
export type State = 'answered' | 'refused' | 'unshown';

/** Tests of one wording. */
export interface Behaviour {
  readonly text: string;
  readonly tests: number;
}

export interface Seen {
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
}

export interface Api {
  readonly operations: readonly string[];
  readonly built: readonly string[];
  readonly documented: (operation: string) => readonly string[];
}

/** Sorts `tests` by what they are of, and compares what they saw with what is documented. */
export function coverageOf(tests: readonly WireTest[], api: Api): Coverage {
  const named = tests.map((test) => ({ test, names: operationsNamed(test, api.operations) }));
  return {
    operations: api.operations.toSorted().map((name) => {
      const own = named.filter(({ test, names }) => names.includes(name) && calls(test, name));
      return operationCoverage(
        name,
        own.map(({ test }) => textUnder(test, name)),
        codesOf(tests, name),
        api,
      );
    }),
    general: counted(
      named
        .filter(({ names }) => names.length === 0)
        .map(({ test: { groups, title } }) => [...groups, title].join(': ')),
    ),
  };
}

/** Those that the groups name, else those that the title names. */
export function operationsNamed(
  { groups, title }: WireTest,
  operations: readonly string[],
): readonly string[] {
  const inText = (text: string): readonly string[] => {
    const words = new Set(text.match(/\w+/g));
    return operations.filter((operation) => words.has(operation));
  };
  const byGroup = inText(groups.join(' '));
  return byGroup.length > 0 ? byGroup : inText(title);
}

const calls = ({ answers }: WireTest, operation: string): boolean =>
  answers.some((answer) => answer.operation === operation);

/** The test's words without the group that is but the operation's name. */
const textUnder = ({ groups, title }: WireTest, operation: string): string =>
  [...groups.filter((group) => group !== operation), title].join(': ');

function codesOf(tests: readonly WireTest[], operation: string): readonly string[] {
  const answers = tests.flatMap((test) => test.answers.filter((answer) => answer.operation === operation));
  return [...new Set(answers.map(({ code }) => code))].filter((code) => code !== 'any').sort();
}

function operationCoverage(
  name: string,
  texts: readonly string[],
  codes: readonly string[],
  { built, documented }: Api,
): OperationCoverage {
  const expected = documented(name);
  const isCommon = (code: string): boolean => commonErrors.includes(code);
  const proof = built.includes(name) ? 'OK' : 'UnsupportedFeatureException';
  return {
    name,
    state: !codes.includes(proof) ? 'unshown' : built.includes(name) ? 'answered' : 'refused',
    behaviours: counted(texts),
    own: split(
      expected.filter((code) => !isCommon(code)),
      codes,
    ),
    common: split(expected.filter(isCommon), codes),
    others: codes.filter((code) => code !== 'OK' && !expected.includes(code)),
  };
}

const split = (expected: readonly string[], codes: readonly string[]): Seen => ({
  seen: expected.filter((code) => codes.includes(code)),
  unseen: expected.filter((code) => !codes.includes(code)),
});

function counted(texts: readonly string[]): readonly Behaviour[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, tests]) => ({ text, tests }));
}
