import type { Ec2Operation } from '../../ec2.ts';
import { revoke } from './revoke.ts';

/** RevokeSecurityGroupEgress: the group no longer sends so. */
export const revokeSecurityGroupEgress: Ec2Operation<'RevokeSecurityGroupEgress'> = (ec2, input, call) =>
  revoke(ec2, 'egress', input, call);
