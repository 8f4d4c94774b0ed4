// An account setting: a choice that a principal makes for what it creates, and the account's root for everybody else.
import type { SettingName } from '../../shapes.generated.ts';
import { inPartitionOf } from '../../../../lib/partition.ts';
import type { Scope } from '../../../shared/scope.ts';

export type AccountSettingName = `${SettingName}`;

export interface AccountSetting extends Scope {
  readonly version: number;
  readonly name: AccountSettingName;
  readonly value: string;
  /** Whose it is: a user's or role's ARN, or the account's root, whose settings are the account's defaults. */
  readonly principalArn: string;
}

export interface AccountSettingRule {
  readonly values: readonly string[];
  /** What holds when nobody chose. */
  readonly default: string;
  /** `aws_managed` can be read only. */
  readonly type: 'user' | 'aws_managed';
  /** The values that ECS no longer lets anybody choose. */
  readonly retired?: readonly string[];
  /** Only the account's root may choose. */
  readonly rootOnly?: boolean;
}

const toggle = (fallback: 'enabled' | 'disabled'): AccountSettingRule => ({
  values: ['enabled', 'disabled'],
  default: fallback,
  type: 'user',
});
const longArns: AccountSettingRule = { ...toggle('enabled'), retired: ['disabled'] };

/** Every setting of ECS, by name. */
export const accountSettingRules: Readonly<Record<AccountSettingName, AccountSettingRule>> = {
  awsvpcTrunking: toggle('disabled'),
  containerInsights: { values: ['enabled', 'disabled', 'enhanced'], default: 'disabled', type: 'user' },
  containerInstanceLongArnFormat: longArns,
  defaultLogDriverMode: { values: ['blocking', 'non-blocking'], default: 'non-blocking', type: 'user' },
  fargateEventWindows: toggle('disabled'),
  fargateFIPSMode: toggle('disabled'),
  fargateTaskRetirementWaitPeriod: {
    values: ['0', '7', '14'],
    default: '7',
    type: 'user',
    rootOnly: true,
  },
  guardDutyActivate: { values: ['on', 'off'], default: 'off', type: 'aws_managed' },
  serviceLongArnFormat: longArns,
  tagResourceAuthorization: { values: ['on', 'off'], default: 'on', type: 'user' },
  taskLongArnFormat: longArns,
};

/** In the order in which ECS lists them here: by name. */
export const accountSettingNames = Object.keys(accountSettingRules).toSorted() as AccountSettingName[];

/** The principal that holds an account's defaults. */
export const rootArn = ({ accountId, region }: Scope): string =>
  inPartitionOf(region, `arn:aws:iam::${accountId}:root`);

/**
 * Whose settings a caller has: a user's its own, those of an assumed role the role's, and those of everybody else
 * (federated users have none) the root's.
 */
export function settingsPrincipal(scope: Scope, callerArn: string): string {
  const role = /^arn:[a-z-]+:sts::\d+:assumed-role\/([^/]+)\//.exec(callerArn);
  if (role) return inPartitionOf(scope.region, `arn:aws:iam::${scope.accountId}:role/${role[1]}`);
  return /^arn:[a-z-]+:iam::\d+:(?:user|role)\//.test(callerArn) ? callerArn : rootArn(scope);
}
