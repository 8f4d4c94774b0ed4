// What S3 calls an account in lists of owners and grants: an id of 64 digits that says nothing of it.
import { createHash } from 'node:crypto';

/** The canonical user id of an account: the same at all times. */
export const canonicalUserId = (accountId: string): string =>
  createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
