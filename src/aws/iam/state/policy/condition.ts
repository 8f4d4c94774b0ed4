// One condition of a statement: an operator, a key, and the values that it wants.
import { operatorOf, type Test } from './comparisons.ts';
import { variablesIn, type VariableValue } from './pattern.ts';

/** The values of a condition key, in lower case, for a request; undefined where the request does not have it. */
export type RequestContext = (key: string) => readonly string[] | undefined;

export interface Condition {
  /** As the policy spells it. */
  readonly key: string;
  readonly isMet: (context: RequestContext) => boolean;
  /** The keys of the variables in its values. */
  readonly variables: readonly string[];
}

interface ReadOperator {
  readonly forEach: 'ForAnyValue' | 'ForAllValues' | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

/** `ForAnyValue:StringLikeIfExists` taken apart. */
function readOperator(text: string): ReadOperator {
  const [, forEach, name = '', ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/i.exec(text)!;
  return {
    forEach:
      forEach === undefined
        ? undefined
        : forEach.toLowerCase() === 'foranyvalue'
          ? 'ForAnyValue'
          : 'ForAllValues',
    name,
    ifExists: ifExists !== undefined,
  };
}

/** The condition; undefined where there is no such operator. `variables`: whether values may have them. */
export function conditionOf(
  operatorText: string,
  key: string,
  values: readonly string[],
  variables: boolean,
): Condition | undefined {
  const { forEach, name, ifExists } = readOperator(operatorText);
  const lower = key.toLowerCase();
  const shared = { key, variables: variables ? values.flatMap(variablesIn) : [] };
  if (name.toLowerCase() === 'null') {
    const isMet = nullTest(values);
    return { ...shared, isMet: (context) => isMet(context(lower)) };
  }
  const operator = operatorOf(name);
  if (operator === undefined) return undefined;
  const { isNegated, comparison } = operator;
  const tests = values.map((value) => comparison(value, variables));
  const decide = deciders[forEach ?? 'single'];
  return {
    ...shared,
    isMet: (context) => {
      const found = context(lower);
      if (ifExists && (found === undefined || found.length === 0)) return true;
      return decide(found, (value) => passes(tests, value, context) !== isNegated, isNegated);
    },
  };
}

/** Whether the key is there, or not, as the one value says: `true` asks for a key that is not. */
function nullTest(values: readonly string[]): (found: readonly string[] | undefined) => boolean {
  const wanted = values.map((value) => value.toLowerCase());
  return (found) => wanted.includes(String(found === undefined || found.length === 0));
}

const passes = (tests: readonly Test[], value: string, context: RequestContext): boolean => {
  const valueOf = variablesOf(context);
  return tests.some((test) => test(value, valueOf));
};

/** What variables stand for: keys that the request has one value of. */
export const variablesOf =
  (context: RequestContext): VariableValue =>
  (key) => {
    const values = context(key);
    return values?.length === 1 ? values[0] : undefined;
  };

type Decide = (
  found: readonly string[] | undefined,
  holds: (value: string) => boolean,
  isNegated: boolean,
) => boolean;

/** What the values of a request together mean. A key that is not there is as unlike as can be. */
const deciders: Readonly<Record<'single' | 'ForAnyValue' | 'ForAllValues', Decide>> = {
  single: (found = [], holds, isNegated) => (isNegated ? found.every(holds) : found.some(holds)),
  ForAnyValue: (found = [], holds) => found.some(holds),
  ForAllValues: (found = [], holds) => found.every(holds),
};
