import type { Ec2Operation } from '../../ec2.ts';
import { authorize } from './authorize.ts';

/** AuthorizeSecurityGroupIngress: rules for what reaches the group. */
export const authorizeSecurityGroupIngress: Ec2Operation<'AuthorizeSecurityGroupIngress'> = (
  ec2,
  input,
  call,
) => authorize(ec2, 'ingress', input, call);
