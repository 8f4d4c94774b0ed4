// From constraints and strategies as they are stored and sent to those that placement works with.
import { queriedFacts, type QueriedFact } from './expression/queried-facts.ts';
import { compileExpression, type InstanceFacts } from './expression/evaluate.ts';
import { ExpressionError, type Expression } from './expression/expression.ts';
import { parseExpression } from './expression/parse.ts';
import type { Constraint, Strategy } from './filter.ts';
import type { PlacementConstraint, PlacementStrategy } from '../../state/task-definition/placement-rules.ts';

/** Reads their queries. One that was stored when more was let through and cannot be read any more matches no instance. */
export const compileConstraints = (input: readonly PlacementConstraint[]): readonly Constraint[] =>
  input.map(compileConstraint);

function compileConstraint({ type, expression = '' }: PlacementConstraint): Constraint {
  if (type === 'distinctInstance') return { type };
  try {
    const parsed = parseExpression(expression);
    const matches = compileExpression(parsed);
    return { type, expression, matches, answers: answersTo(expression), isLasting: isLasting(parsed) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { type, expression, matches: () => false, answers: () => [], isLasting: true };
  }
}

/** Read when it is first asked: only who wants to know why asks it. */
function answersTo(expression: string): (facts: InstanceFacts) => readonly QueriedFact[] {
  let asked: ReturnType<typeof queriedFacts> | undefined;
  return (facts) => (asked ??= queriedFacts(expression))(facts);
}

/** Attributes, the EC2 instance and the day of registration change only with the instance itself; the rest by the minute. */
function isLasting(expression: Expression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.of.every(isLasting);
    case 'not':
      return isLasting(expression.of);
    case 'test': {
      const { subject } = expression;
      return subject.startsWith('attribute:') || subject === 'ec2InstanceId' || subject === 'registeredAt';
    }
  }
}

export const compileStrategies = (input: readonly PlacementStrategy[]): readonly Strategy[] =>
  input.map(compileStrategy);

function compileStrategy({ type, field = '' }: PlacementStrategy): Strategy {
  switch (type) {
    case 'random':
      return { type };
    case 'binpack':
      return { type, field: field.toLowerCase() === 'cpu' ? 'cpu' : 'memory' };
    case 'spread': {
      const attribute = /^attribute:(.*)$/.exec(field)?.[1];
      return attribute === undefined ? { type } : { type, attribute };
    }
  }
}
