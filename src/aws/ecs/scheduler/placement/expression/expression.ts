// What a parsed cluster query is: tests of one subject each, joined by and, or and not.

export type Subject =
  | 'agentConnected'
  | 'agentVersion'
  | 'ec2InstanceId'
  | 'registeredAt'
  | 'runningTasksCount'
  | 'task:group'
  | `attribute:${string}`;

export type Operator =
  '==' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | '!in' | '=~' | '!~' | 'exists' | '!exists';

/** One subject held against literals: one for a comparison, several for a list, none for `exists`. */
export interface Test {
  readonly kind: 'test';
  readonly subject: Subject;
  readonly operator: Operator;
  readonly literals: readonly string[];
  /** Of the first literal, counted from 1; of `exists` that of its operator. */
  readonly position: number;
}

export type Expression =
  | Test
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression };

/** The query cannot be read; `position` counts characters from 1. */
export class ExpressionError extends Error {
  readonly position: number;

  constructor(problem: string, position: number) {
    super(`Invalid expression at position ${position}: ${problem}`);
    this.name = 'ExpressionError';
    this.position = position;
  }
}
