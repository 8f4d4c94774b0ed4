// AssumeRole: credentials of a role, for whom its trust policy and its caller's policies let it: that was decided before.
import { inPartitionOf } from '../../../lib/partition.ts';
import type { Call } from '../../../wire/api.ts';
import type { Role } from '../../iam/state/role/role.ts';
import { useRecordInterval } from '../../iam/state/role/role.ts';
import { roles } from '../../iam/state/role/roles.ts';
import { roleOfArn } from '../../iam/state/session/assume-role.ts';
import { roleCredentials, type Credentials } from '../../iam/state/session/new-session.ts';
import {
  accessDenied,
  chainedTooLong,
  durationTooLong,
  invalidParameter,
  packedTooLarge,
} from '../errors.ts';
import { presentCredentials } from '../present-credentials.ts';
import type { AssumeRoleRequest } from '../shapes.generated.ts';
import type { StsOperation } from '../sts.ts';
import { checkedDuration, checkedPolicies, checkedSessionName, checkedTags } from './session-input.ts';

/** Seconds. */
const maxDuration = 43_200;
const chainedDuration = 3600;

/** Characters of a token that fits in the headers of any request. */
const maxToken = 6000;

export const assumeRole: StsOperation<'AssumeRole'> = ({ store, random, sessionSeal }, input, call) => {
  const name = checkedSessionName(input.RoleSessionName, 'roleSessionName');
  refuseUnsupported(input);
  const { SourceIdentity: identity } = input;
  if (identity !== undefined) checkedSessionName(identity, 'sourceIdentity');
  return store.update((tx) => {
    const role = roleOfArn(tx, input.RoleArn);
    if (role === undefined) throw accessDenied(denial(call, input.RoleArn));
    const credentials = roleCredentials(sessionSeal, random, role, {
      name,
      now: call.now,
      durationSeconds: durationOf(role, input, call),
      ...checkedTags(input, call.session),
      sourceIdentity: sourceIdentity(input, call),
      policies: checkedPolicies(tx, input, call),
    });
    if (credentials.sessionToken.length > maxToken) throw packedTooLarge();
    if (role.lastUsed === undefined || call.now - role.lastUsed.at >= useRecordInterval)
      tx.table(roles).put({ ...role, lastUsed: { at: call.now, region: call.region } });
    return presentAssumed(role, credentials, input, call);
  });
};

/** What is not built says so, instead of being accepted and ignored. */
function refuseUnsupported(input: AssumeRoleRequest): void {
  const given = (
    ['SerialNumber', 'TokenCode', 'ProvidedContexts', 'MinimumSessionTokenSize'] as const
  ).filter((member) => input[member] !== undefined);
  if (given.length > 0) throw invalidParameter(`Longshore does not support ${given.join(', ')} yet.`);
}

const denial = ({ principalArn }: Call, arn: string): string =>
  `User: ${principalArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;

function durationOf(role: Role, { DurationSeconds: seconds = 3600 }: AssumeRoleRequest, call: Call): number {
  checkedDuration(seconds, maxDuration);
  // A role that assumes another gets an hour at most, whatever the other allows.
  if (call.session?.role !== undefined && seconds > chainedDuration) throw chainedTooLong();
  if (seconds > role.maxSessionDuration) throw durationTooLong();
  return seconds;
}

/** Once set, it stays through all sessions that are begun one with the other. */
function sourceIdentity(
  { SourceIdentity: wanted, RoleArn: arn }: AssumeRoleRequest,
  call: Call,
): string | undefined {
  const inherited = call.session?.sourceIdentity;
  if (inherited !== undefined && wanted !== undefined && wanted !== inherited)
    throw accessDenied(denial(call, arn).replace('sts:AssumeRole', 'sts:SetSourceIdentity'));
  return inherited ?? wanted;
}

const presentAssumed = (
  role: Role,
  credentials: Credentials,
  { Policy: policy, Tags: tags = [], PolicyArns: arns = [] }: AssumeRoleRequest,
  { region }: Call,
) => ({
  Credentials: presentCredentials(credentials),
  AssumedRoleUser: {
    AssumedRoleId: `${role.id}:${credentials.session.name}`,
    Arn: inPartitionOf(region, credentials.principalArn),
  },
  PackedPolicySize:
    policy === undefined && tags.length === 0 && arns.length === 0
      ? undefined
      : Math.ceil((credentials.sessionToken.length / maxToken) * 100),
  SourceIdentity: credentials.session.sourceIdentity,
});
