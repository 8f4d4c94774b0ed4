// Which operators a subject can be asked with.
import { ExpressionError, type Operator, type Subject } from './expression.ts';

const equality: readonly Operator[] = ['==', '!=', 'in', '!in', '=~', '!~'];
const order: readonly Operator[] = ['==', '!=', '>', '>=', '<', '<='];

const allowed: Readonly<Record<string, readonly Operator[]>> = {
  agentConnected: equality,
  ec2InstanceId: equality,
  'task:group': equality,
  agentVersion: order,
  registeredAt: order,
  runningTasksCount: order,
};

/** Throws ExpressionError when the subject has no such operator; attributes have all. */
export function checkOperator(subject: Subject, operator: Operator, position: number): void {
  const operators = allowed[subject];
  if (operators === undefined || operators.includes(operator)) return;
  throw new ExpressionError(
    `'${subject}' cannot be asked with '${operator}'; it knows ${operators.join(' ')}.`,
    position,
  );
}
