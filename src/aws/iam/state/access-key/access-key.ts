// An access key: who may sign requests, and for which account.
import { createHash } from 'node:crypto';
import type { Random } from '../../../../lib/random.ts';

/**
 * `root` may do everything; `agent` only what an agent does for the instances that were registered with this very key; `user`
 * what the policies of its IAM user allow.
 */
export type AccessKeyKind = 'root' | 'agent' | 'user';

export interface AccessKey {
  readonly version: number;
  readonly accessKeyId: string;
  /** Secret: stored in the journal (0600) to verify signatures, never logged, never presented. */
  readonly secretAccessKey: string;
  readonly accountId: string;
  /** The caller's ARN, e.g. `arn:aws:iam::000000000000:user/admin`. */
  readonly principalArn: string;
  readonly status: 'Active' | 'Inactive';
  /** What it may do; absent of the keys that are older than the difference, which are the root's. */
  readonly kind?: AccessKeyKind | undefined;
  /** Of a user's key: the key of the user in its table. */
  readonly user?: string | undefined;
  /** Of an agent's key: the only cluster that instances can be registered into with it; absent where that is any. */
  readonly clusterArn?: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** What the key may do. */
export const kindOf = ({ kind = 'root' }: AccessKey): AccessKeyKind => kind;

/** Whether it can be used, and for everything. */
export const isActiveRoot = (key: AccessKey): boolean => key.status === 'Active' && kindOf(key) === 'root';

/** The principal of a user of the account, written for the partition `aws` wherever it calls from, e.g. `arn:aws:iam::000000000000:user/agent`. */
export const userArn = (accountId: string, name: string): string => `arn:aws:iam::${accountId}:user/${name}`;

/** The principal of the account's first access key, which may do everything. */
export const administratorArn = (accountId: string): string => userArn(accountId, 'administrator');

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The id of a user, in AWS's form; it follows from the ARN, whichever partition it is written for, and so stays the same. */
export function userId(principalArn: string): string {
  const inAnyPartition = principalArn.split(':').slice(2).join(':');
  const digest = createHash('sha256').update(inAnyPartition).digest();
  return `AIDA${Array.from(digest.subarray(0, 17), (byte) => base32[byte % 32]).join('')}`;
}

/** A key pair in AWS's form: 20 letters and digits, and 40 characters of secret. `random` must be fit for secrets. */
export function newKeyPair(random: Random): Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'> {
  const id = Array.from(random.bytes(16), (byte) => base32[byte % 32]).join('');
  return { accessKeyId: `AKIA${id}`, secretAccessKey: Buffer.from(random.bytes(30)).toString('base64') };
}
