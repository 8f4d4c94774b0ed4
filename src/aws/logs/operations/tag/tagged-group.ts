// The group whose tags an operation is about: by ARN, with or without `:*`.
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { groupNotFound, invalidParameter } from '../../errors.ts';
import { groupIdentified } from '../../find-group.ts';
import { parseLogGroupArn } from '../../state/arn.ts';
import type { LogGroup } from '../../state/group/log-group.ts';

/** Throws InvalidParameterException for what is no ARN of a log group, ResourceNotFoundException where there is none. */
export function taggedGroup(tx: ReadTransaction, scope: Scope, arn: string): LogGroup {
  if (parseLogGroupArn(arn) !== undefined) return groupIdentified(tx, scope, arn);
  if (/^arn:[^:]+:logs:[^:]*:[^:]*:(?:destination|delivery)/.test(arn)) throw groupNotFound();
  throw invalidParameter(`'${arn}' is not the ARN of a log group.`);
}
