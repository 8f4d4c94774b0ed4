// placementConstraints of a definition: cluster queries that an instance must match.
import { compileExpression } from '../../scheduler/placement/expression/evaluate.ts';
import { ExpressionError } from '../../scheduler/placement/expression/expression.ts';
import { parseExpression } from '../../scheduler/placement/expression/parse.ts';
import type { DefinitionInput } from './input.ts';
import { rule } from './rule.ts';

const limit = 10;

/** Problems: more than ten constraints, or one that cannot be read: its text names the position. */
export function* placementProblems({ placementConstraints = [] }: DefinitionInput): Iterable<string> {
  yield* rule(
    placementConstraints.length <= limit,
    `Task definitions can have a maximum of ${limit} placement constraints.`,
  );
  for (const { type, expression } of placementConstraints) {
    yield* rule(type === 'memberOf', "The type of a placement constraint should be 'memberOf'.");
    if (expression) yield* expressionProblems(expression);
    else yield 'memberOf placement constraints require an expression.';
  }
}

function* expressionProblems(expression: string): Iterable<string> {
  try {
    compileExpression(parseExpression(expression));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    yield error.message;
  }
}
