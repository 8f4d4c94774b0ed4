// What an instance answers to the subjects that a cluster query asks for: why it does not match.
import type { InstanceFacts } from './evaluate.ts';
import type { Expression, Subject } from './expression.ts';
import { parseExpression } from './parse.ts';

/** A subject with what the instance has of it; no value where it has none. */
export interface QueriedFact {
  readonly subject: string;
  readonly value?: string | undefined;
}

/**
 * Reads the query once, for many instances: one fact for each of its subjects, in its order. Throws ExpressionError for
 * a query that cannot be read.
 */
export function queriedFacts(query: string): (facts: InstanceFacts) => readonly QueriedFact[] {
  const subjects = [...new Set(subjectsOf(parseExpression(query)))];
  return (facts) => subjects.map((subject) => ({ subject, value: valueOf(subject, facts) }));
}

function subjectsOf(expression: Expression): readonly Subject[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.of.flatMap(subjectsOf);
    case 'not':
      return subjectsOf(expression.of);
    case 'test':
      return [expression.subject];
  }
}

function valueOf(subject: Subject, facts: InstanceFacts): string | undefined {
  switch (subject) {
    case 'agentConnected':
    case 'runningTasksCount':
      return String(facts[subject]);
    case 'agentVersion':
    case 'ec2InstanceId':
      return facts[subject];
    case 'registeredAt':
      return new Date(facts.registeredAt).toISOString();
    case 'task:group':
      return facts.taskGroups.length === 0 ? undefined : facts.taskGroups.join(', ');
    default: {
      const attribute = facts.attributes.find(({ name }) => `attribute:${name}` === subject);
      return attribute && (attribute.value ?? '');
    }
  }
}
