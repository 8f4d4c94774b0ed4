// The rules for what a session is to be like: its policies, its tags, its length.
import { BrokenRule } from '../../shared/broken-rule.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import type { Session } from '../../../wire/caller.ts';
import { findManagedPolicy } from '../../iam/state/managed-policy/find-managed-policy.ts';
import { parsePolicy } from '../../iam/state/policy/parse-policy.ts';
import {
  constraintBroken,
  invalidParameter,
  malformedPolicy,
  packedTooLarge,
  validationError,
} from '../errors.ts';
import type { AssumeRoleRequest } from '../shapes.generated.ts';

/** Seconds within their bounds. */
export function checkedDuration(seconds: number, max: number): number {
  const text = String(seconds);
  if (seconds < 900)
    throw constraintBroken(text, 'durationSeconds', 'have value greater than or equal to 900');
  if (seconds > max)
    throw constraintBroken(text, 'durationSeconds', `have value less than or equal to ${max}`);
  return seconds;
}

/** A name of a session, or a source identity. */
export function checkedSessionName(name: string, member: string): string {
  if (name.length < 2) throw constraintBroken(name, member, 'have length greater than or equal to 2');
  if (name.length > 64) throw constraintBroken(name, member, 'have length less than or equal to 64');
  if (!/^[\w+=,.@-]*$/.test(name))
    throw constraintBroken(name, member, 'satisfy regular expression pattern: [\\w+=,.@-]*');
  return name;
}

/** What the session is limited to; undefined where it is not. */
export function checkedPolicies(
  tx: ReadTransaction,
  { Policy: document, PolicyArns: descriptors = [] }: AssumeRoleRequest,
  { accountId }: Call,
): Session['policies'] {
  const arns = descriptors.flatMap(({ arn }) => (arn === undefined ? [] : [arn]));
  if (arns.length > 10)
    throw constraintBroken(String(arns.length), 'policyArns', 'have length less than or equal to 10');
  if (document !== undefined) checkDocument(document);
  for (const arn of arns)
    if (findManagedPolicy(tx, accountId, arn) === undefined)
      throw malformedPolicy(`Policy ${arn} does not exist or is not attachable.`);
  if (document === undefined && arns.length === 0) return undefined;
  return { documents: document === undefined ? [] : [document], arns };
}

function checkDocument(document: string): void {
  if (document.length > 2048) throw packedTooLarge();
  try {
    parsePolicy(document, 'identity');
  } catch (error) {
    throw error instanceof BrokenRule ? malformedPolicy(error.message) : error;
  }
}

const maxTags = 50;

/** The tags of a session: those of the request, and those that come on from the session that asks. */
export function checkedTags(
  { Tags: input = [], TransitiveTagKeys: transitive = [] }: AssumeRoleRequest,
  parent: Session | undefined,
): Pick<Session, 'tags' | 'transitiveTagKeys'> {
  if (input.length > maxTags)
    throw constraintBroken(String(input.length), 'tags', 'have length less than or equal to 50');
  const lower = input.map(({ Key: key }) => key.toLowerCase());
  if (new Set(lower).size < lower.length)
    throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  for (const { Key: key, Value: value } of input) checkTag(key, value);
  const inherited = (parent?.transitiveTagKeys ?? []).map((key) => [key, parent!.tags[key] ?? ''] as const);
  const taken = inherited.find(([key]) => lower.includes(key.toLowerCase()));
  if (taken !== undefined)
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  for (const key of transitive)
    if (!lower.includes(key.toLowerCase()))
      throw invalidParameter(
        `The specified transitive tag key ${key} must be included in the requested tags.`,
      );
  return {
    tags: Object.fromEntries([
      ...inherited,
      ...input.map(({ Key: key, Value: value }) => [key, value] as const),
    ]),
    transitiveTagKeys: [...inherited.map(([key]) => key), ...transitive],
  };
}

function checkTag(key: string, value: string): void {
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key))
    throw constraintBroken(key, 'tags.member.key', 'have 1 to 128 letters, numbers, spaces or _.:/=+-@');
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value))
    throw constraintBroken(
      value,
      'tags.member.value',
      'have at most 256 letters, numbers, spaces or _.:/=+-@',
    );
  if (/^aws:/i.test(key))
    throw validationError(`The tag key ${key} is reserved: keys may not begin with aws:.`);
}
