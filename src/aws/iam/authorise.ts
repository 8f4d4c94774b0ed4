// Who may do what: keys of the root everything, an agent's key what its policy allows.
import type { Store } from '../../store/store.ts';
import type { Authorise, Conditions } from '../../wire/authorise.ts';
import { agentPolicy, type Statement } from './agent-policy.ts';
import { kindOf } from './state/access-key.ts';
import { accessKeys } from './state/access-keys.ts';

/** The decision, by the access keys in `store`; a key that is not there may do nothing. */
export function authoriser(store: Store): Authorise {
  return ({ accessKeyId }, action, resources, context) => {
    const key = store.view((tx) => tx.table(accessKeys).get(accessKeyId));
    if (key !== undefined && kindOf(key) === 'root') return undefined;
    const statements = key === undefined ? [] : agentPolicy(key);
    return refusedResource(statements, action, resources(), context);
  };
}

/** The first of `resources` for which no statement allows the action; undefined when there is none. */
export function refusedResource(
  statements: readonly Statement[],
  action: string,
  resources: readonly string[],
  context: Conditions,
): string | undefined {
  const applying = statements.filter(
    ({ actions, conditions = {} }) => actions.includes(action) && areMet(conditions, context),
  );
  return resources.find((resource) => !applying.some((statement) => covers(statement, resource)));
}

const areMet = (conditions: NonNullable<Statement['conditions']>, context: Conditions): boolean =>
  Object.entries(conditions).every(
    ([key, wanted]) => context(key)?.every((value) => value === wanted) ?? false,
  );

const covers = ({ resources }: Statement, resource: string): boolean => resources?.test(resource) ?? true;
