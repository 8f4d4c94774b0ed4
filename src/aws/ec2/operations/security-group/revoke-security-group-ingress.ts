import type { Ec2Operation } from '../../ec2.ts';
import { revoke } from './revoke.ts';

/** RevokeSecurityGroupIngress: the group is no longer reached so. */
export const revokeSecurityGroupIngress: Ec2Operation<'RevokeSecurityGroupIngress'> = (ec2, input, call) =>
  revoke(ec2, 'ingress', input, call);
