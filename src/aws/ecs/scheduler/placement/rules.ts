// The rules of placement constraints and strategies as callers give them, the same for tasks, services and plans.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import { compileExpression } from './expression/evaluate.ts';
import { ExpressionError } from './expression/expression.ts';
import { parseExpression } from './expression/parse.ts';
import type { PlacementConstraint, PlacementStrategy } from '../../state/task-definition/placement-rules.ts';

const maxConstraints = 10;
const maxStrategies = 5;
const maxExpressionLength = 2000;

export interface ConstraintInput {
  readonly type?: PlacementConstraint['type'] | undefined;
  readonly expression?: string | undefined;
}

export interface StrategyInput {
  readonly type?: PlacementStrategy['type'] | undefined;
  readonly field?: string | undefined;
}

/**
 * The constraints as they are stored; `others` is how many the task definition has, which count too. Throws
 * BrokenRule for what ECS refuses; its text names the position in an expression.
 */
export function checkConstraints(input: readonly ConstraintInput[], others: number): PlacementConstraint[] {
  rule(
    input.length + others <= maxConstraints,
    `Placement constraints can have a maximum of ${maxConstraints} entries.`,
  );
  return input.map(checkConstraint);
}

function checkConstraint({ type, expression }: ConstraintInput): PlacementConstraint {
  rule(type !== undefined, 'placementConstraints.type cannot be null or empty.');
  if (type === 'distinctInstance') {
    rule(!expression, 'The distinctInstance placement constraint does not take an expression.');
    return { type };
  }
  rule(expression, 'The memberOf placement constraint needs an expression.');
  rule(
    expression.length <= maxExpressionLength,
    `Expressions can have a maximum of ${maxExpressionLength} characters.`,
  );
  checkExpression(expression);
  return { type, expression };
}

function checkExpression(expression: string): void {
  try {
    compileExpression(parseExpression(expression));
  } catch (error) {
    throw error instanceof ExpressionError ? new BrokenRule(error.message) : error;
  }
}

/** The strategies as they are stored, in their order; throws BrokenRule for what ECS refuses. */
export function checkStrategies(input: readonly StrategyInput[]): PlacementStrategy[] {
  rule(input.length <= maxStrategies, `Placement strategies can have a maximum of ${maxStrategies} entries.`);
  return input.map(checkStrategy);
}

function checkStrategy({ type, field }: StrategyInput): PlacementStrategy {
  rule(type !== undefined, 'placementStrategy.type cannot be null or empty.');
  if (type === 'random') {
    rule(!field, 'The random placement strategy does not take a field.');
    return { type };
  }
  rule(field, `The ${type} placement strategy needs a field.`);
  return { type, field: type === 'binpack' ? binpackField(field) : spreadField(field) };
}

function binpackField(field: string): string {
  const known = field.toLowerCase();
  rule(
    known === 'cpu' || known === 'memory',
    `The binpack placement strategy does not know the field ${field}: use cpu or memory.`,
  );
  return known;
}

function spreadField(field: string): string {
  rule(
    field === 'instanceId' || field === 'host' || /^attribute:[A-Za-z0-9_\-./\\]{1,128}$/.test(field),
    `The spread placement strategy does not know the field ${field}: use instanceId or attribute:<name>.`,
  );
  return field;
}

function rule(holds: unknown, problem: string): asserts holds {
  if (!holds) throw new BrokenRule(problem);
}
