// How conditions of writes are read, and what becomes of a write that did not happen.
import { BulkError } from '../../../../bulk/bulk.ts';
import {
  invalidArgument,
  noSuchKey,
  preconditionFailed,
  storageUnavailable,
  unsupported,
} from '../../errors.ts';
import { ObjectFileError } from '../../state/object/object-files.ts';
import type { Refusal, WriteConditions } from '../../state/object/write-versions.ts';

export interface ConditionInput {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** An ETag of a header, without its quotes. */
export const bareEtag = (text: string): string =>
  text
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/s, '$1');

/** "If-None-Match: *" alone is allowed of a write. */
export function conditionsOf({
  IfMatch: ifMatch,
  IfNoneMatch: ifNoneMatch,
}: ConditionInput): WriteConditions {
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*')
    throw unsupported('another If-None-Match than * of a write');
  if (ifMatch !== undefined && ifNoneMatch !== undefined)
    throw invalidArgument('If-Match and If-None-Match cannot both be given.', 'If-None-Match', ifNoneMatch);
  return {
    ...(ifMatch !== undefined && { ifMatch: bareEtag(ifMatch) }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch: true }),
  };
}

/** What was written; throws where it was not. */
export function written<T extends object>(outcome: T | Refusal, key: string, conditions: ConditionInput): T {
  if (typeof outcome !== 'string') return outcome;
  if (outcome === 'no such key') throw noSuchKey(key);
  throw preconditionFailed(conditions.IfMatch === undefined ? 'If-None-Match' : 'If-Match');
}

/** Where disk or database fail, clients are told to try again, and why. */
export function asAvailability(error: unknown): unknown {
  if (error instanceof BulkError || error instanceof ObjectFileError)
    return storageUnavailable(error.message);
  return error;
}
