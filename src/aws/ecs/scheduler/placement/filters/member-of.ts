// memberOf: the instance must match every cluster query that was asked.
import type { InstanceUsage } from '../../../state/instance/instance-usage.ts';
import type { QueriedFact } from '../expression/queried-facts.ts';
import { factsOf } from '../expression/instance-facts.ts';
import type { Constraint, Filter } from '../filter.ts';
import { named } from '../nearest-instance.ts';
import { intersect, rememberedAnswers } from '../remembered-answers.ts';

type Query = Extract<Constraint, { type: 'memberOf' }>;

interface QueryFigures {
  /** The first query that the instance does not match. */
  readonly expression: string;
  /** What the instance has of what the query asks for, where somebody asked why; no value for what it has not. */
  readonly facts?: readonly QueriedFact[] | undefined;
}

const isQuery = (constraint: Constraint): constraint is Query => constraint.type === 'memberOf';
const matches = ({ matches: match }: Query, usage: InstanceUsage): boolean => match(factsOf(usage));
const someOf = (queries: readonly Query[]): readonly Query[] | undefined =>
  queries.length === 0 ? undefined : queries;

/** What the answers to queries are remembered under: many callers ask the same. */
const owner = {};

export const memberOf: Filter<readonly Query[], QueryFigures> = {
  name: 'memberOf',
  reason: 'MemberOf placement constraint unsatisfied.',
  isConstraint: true,
  needOf: ({ constraints }) => someOf(constraints.filter(isQuery)),
  reject(queries, usage) {
    for (const query of queries) if (!matches(query, usage)) return { expression: query.expression };
    return undefined;
  },
  without: (queries, { expression }) => someOf(queries.filter((query) => query.expression !== expression)),
  screen(queries, fleet, passes) {
    for (const query of queries) {
      if (!query.isLasting) continue;
      const { expression } = query;
      intersect(
        passes,
        rememberedAnswers(fleet, owner, expression, (usage) => matches(query, usage)),
      );
    }
    return someOf(queries.filter(({ isLasting }) => !isLasting));
  },
  explained(figures, queries, usage) {
    const query = queries.find(({ expression }) => expression === figures.expression);
    return query ? { ...figures, facts: query.answers(factsOf(usage)) } : figures;
  },
  subject: ({ expression }) => expression,
  detail: ({ expression }) => `the instance does not match ${expression}`,
  line: ({ expression, facts = [] }, nearest) =>
    `no match for the constraint ${expression}, ${named(nearest)}${factsText(facts)}`,
  suggest: ({ expression }, { instance }) => [
    {
      kind: 'change',
      text: `Change the constraint ${expression}${changeable(expression)}; nothing else prevents placement on ${instance}.`,
    },
  ],
  offer: (queries) => ({ other: queries.map(({ expression }) => `that matches ${expression}`) }),
};

/** Of all that a query can ask for, users set attributes themselves. */
const changeable = (expression: string): string =>
  expression.includes('attribute:') ? ', or the attributes of an instance (PutAttributes)' : '';

function factsText(facts: readonly QueriedFact[]): string {
  const each = facts.map(({ subject, value }) =>
    value === undefined ? `${subject} is not set` : `${subject} is ${value === '' ? 'empty' : value}`,
  );
  return each.length === 0 ? '' : `, where ${each.join(' and ')}`;
}
