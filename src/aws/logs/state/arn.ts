// Amazon Resource Names of CloudWatch Logs: making them, and reading what callers pass instead of them.
import { parseArn } from '../../../lib/arn.ts';
import { partitionOf } from '../../../lib/partition.ts';
import type { Scope } from '../../shared/scope.ts';

/** As `logGroupArn` of DescribeLogGroups has it: without the `:*` that `arn` ends with. */
export const logGroupArn = ({ region, accountId }: Scope, name: string): string =>
  `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${name}`;

/** `stream` may be empty, as AWS writes it where an operation is about a group. */
export const logStreamArn = (scope: Scope, group: string, stream: string): string =>
  `${logGroupArn(scope, group)}:log-stream:${stream}`;

export interface LogGroupName extends Scope {
  readonly name: string;
}

/** The group of an ARN with or without `:*`; undefined for one that is of no group. */
export function parseLogGroupArn(text: string): LogGroupName | undefined {
  const arn = parseArn(text);
  const name = /^log-group:([^:]+)(?::\*)?$/.exec(arn?.resource ?? '')?.[1];
  if (arn?.service !== 'logs' || name === undefined) return undefined;
  return { region: arn.region, accountId: arn.accountId, name };
}
