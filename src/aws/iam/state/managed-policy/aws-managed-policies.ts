// AWS's own managed policies, as rows that no table holds: the same for every account, and nobody changes them.
import { createHash } from 'node:crypto';
import { awsDocuments } from './aws-documents.ts';
import type { ManagedPolicy } from './managed-policy.ts';

/** What stands for the account in the ARNs of AWS's own policies. */
export const awsAccount = 'aws';

let policies: ReadonlyMap<string, ManagedPolicy> | undefined;

/** By ARN, in the order of their names. */
export function awsManagedPolicies(): ReadonlyMap<string, ManagedPolicy> {
  policies ??= new Map(awsDocuments.map(policyOf).map((policy) => [policy.arn, policy]));
  return policies;
}

function policyOf([
  name,
  path,
  versionId,
  createdAt,
  updatedAt,
  document,
]: (typeof awsDocuments)[number]): ManagedPolicy {
  const arn = `arn:aws:iam::${awsAccount}:policy${path}${name}`;
  const updated = Date.parse(updatedAt);
  return {
    version: 1,
    accountId: awsAccount,
    name,
    path,
    id: `ANPA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`,
    arn,
    createdAt: Date.parse(createdAt),
    tags: [],
    versions: [{ id: versionId, document, createdAt: updated }],
    defaultVersionId: versionId,
    nextVersion: Number(versionId.slice(1)) + 1,
    updatedAt: updated,
  };
}
