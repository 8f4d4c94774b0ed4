// From what an input calls a resource to the ARN that policies know it by: one thing has one ARN, however it is called.
import { lastPart } from '../../../lib/arn.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Caller } from '../../../wire/caller.ts';
import { ApiError } from '../../../wire/errors.ts';
import { findTaskDefinition } from '../operations/resolve/task-definition.ts';
import type { TaskDefinition } from '../state/task-definition/task-definition.ts';

export const asArn = (reference: string, arnOf: (name: string) => string): string =>
  reference.startsWith('arn:') ? reference : arnOf(reference);

/** Of what is in a cluster: its ARN of the time before clusters were part of it is the ARN of today. */
export const memberArn = (reference: string, arnOf: (name: string) => string): string =>
  asArn(
    /^arn:[^/]*:(task|service|container-instance)\/[^/]*$/.test(reference) ? lastPart(reference) : reference,
    arnOf,
  );

export const clusterOf = ({ cluster = 'default' }: { readonly cluster?: string | undefined }): string =>
  lastPart(cluster);

/** The definition that a reference names; undefined where there is none, or the reference is none. */
export const foundDefinition = (
  tx: ReadTransaction,
  caller: Caller,
  reference: string,
): TaskDefinition | undefined => unlessMalformed(() => findTaskDefinition(tx, caller, reference));

/** Undefined for what the operation refuses in its own words. */
export function unlessMalformed<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
