// Whose account settings a call is about, and whether it may be.
import { administratorArn } from '../../../iam/state/access-key/access-key.ts';
import { rootArn, settingsPrincipal } from '../../state/account-setting/account-setting.ts';
import { inPartitionOf, partitionOf } from '../../../../lib/partition.ts';
import type { Call } from '../../../../wire/api.ts';
import { accessDenied, invalidParameter } from '../../errors.ts';

/** Whether the caller speaks for the account: its root, which in Longshore is who holds the administrator's key. */
export const speaksForAccount = (call: Call): boolean =>
  [rootArn(call), inPartitionOf(call.region, administratorArn(call.accountId))].includes(call.principalArn);

/**
 * The principal of `asked`, or the caller's. Throws InvalidParameterException when it is no root, user or role of the
 * account, and AccessDeniedException when it is not the caller's to look at.
 */
export function principalOf(call: Call, asked: string | undefined): string {
  const own = settingsPrincipal(call, call.principalArn);
  if (asked === undefined || asked === own) return own;
  const match = /^arn:([a-z-]+):iam::(\d{12}):(?:root|user\/.+|role\/.+)$/.exec(asked);
  if (match?.[1] !== partitionOf(call.region) || match[2] !== call.accountId) {
    throw invalidParameter(
      `Invalid principalArn: ${asked}. Give the ARN of the root, a user or a role of account ${call.accountId}.`,
    );
  }
  if (speaksForAccount(call)) return asked;
  throw accessDenied(
    `User: ${call.principalArn} is not authorized to use the account settings of ${asked}. Only the root user is.`,
  );
}
