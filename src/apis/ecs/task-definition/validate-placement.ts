// placementConstraints of a definition: cluster queries that an instance must match.
import { compileExpression } from '../../../placement/expression/evaluate.ts';
import { ExpressionError } from '../../../placement/expression/expression.ts';
import { parseExpression } from '../../../placement/expression/parse.ts';
import { clientException } from '../errors.ts';
import type { Given } from './given.ts';
import { rule } from './rule.ts';

const limit = 10;

/** Throws ClientException for more than ten constraints, or one that cannot be read: its text names the position. */
export function validatePlacement({ placementConstraints = [] }: Given): void {
  rule(
    placementConstraints.length <= limit,
    `Task definitions can have a maximum of ${limit} placement constraints.`,
  );
  for (const { type, expression } of placementConstraints) {
    rule(type === 'memberOf', "The type of a placement constraint should be 'memberOf'.");
    rule(expression, 'memberOf placement constraints require an expression.');
    validateExpression(expression);
  }
}

function validateExpression(expression: string): void {
  try {
    compileExpression(parseExpression(expression));
  } catch (error) {
    if (error instanceof ExpressionError) throw clientException(error.message);
    throw error;
  }
}
