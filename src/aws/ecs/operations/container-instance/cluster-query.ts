// A cluster query as a caller wrote it, ready to be asked of instances.
import { compileExpression, type InstanceFacts } from '../../scheduler/placement/expression/evaluate.ts';
import { ExpressionError } from '../../scheduler/placement/expression/expression.ts';
import { parseExpression } from '../../scheduler/placement/expression/parse.ts';
import { invalidParameter } from '../../errors.ts';

/** Compiles `text`; throws InvalidParameterException with the place of what is wrong in it. */
export function clusterQuery(text: string): (facts: InstanceFacts) => boolean {
  try {
    return compileExpression(parseExpression(text));
  } catch (error) {
    if (error instanceof ExpressionError) throw invalidParameter(error.message);
    throw error;
  }
}
