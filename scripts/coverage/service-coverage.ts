// What the tests show of a service around ECS: which of its operations succeed, and which errors are seen. Pure.
import type { WireTest } from './read-tests.ts';

export interface CoveredService {
  /** The name of its folder in test/wire. */
  readonly folder: string;
  readonly title: string;
  /** Those of the model. */
  readonly operations: readonly string[];
  readonly served: readonly string[];
  readonly documented: (operation: string) => readonly string[];
}

export interface ServedOperation {
  readonly name: string;
  readonly succeeds: boolean;
  /** Codes that a test saw. */
  readonly errors: readonly string[];
  /** Of those documented. */
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
}

export interface ServiceCoverage {
  readonly title: string;
  readonly inModel: number;
  /** In alphabetical order. */
  readonly operations: readonly ServedOperation[];
}

/** Looks at the tests in the folder of the service alone: operations of two services may have one name. */
export function serviceCoverage(tests: readonly WireTest[], service: CoveredService): ServiceCoverage {
  const { folder, title, operations, served, documented } = service;
  const answers = tests.filter(({ file }) => file.startsWith(`${folder}/`)).flatMap((test) => test.answers);
  return {
    title,
    inModel: operations.length,
    operations: served.toSorted().map((name) => {
      const codes = new Set(answers.filter(({ operation }) => operation === name).map(({ code }) => code));
      const isSeen = (code: string): boolean =>
        codes.has(code) || codes.has(code.replace(/Exception$/, '')) || codes.has(`${code}Exception`);
      return {
        name,
        succeeds: codes.has('OK'),
        errors: [...codes].filter((code) => code !== 'OK' && code !== 'any').sort(),
        seen: documented(name).filter(isSeen),
        unseen: documented(name).filter((code) => !isSeen(code)),
      };
    }),
  };
}
