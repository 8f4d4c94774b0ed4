import type { Ec2Operation } from '../../ec2.ts';
import { authorize } from './authorize.ts';

/** AuthorizeSecurityGroupEgress: rules for what the group sends. */
export const authorizeSecurityGroupEgress: Ec2Operation<'AuthorizeSecurityGroupEgress'> = (
  ec2,
  input,
  call,
) => authorize(ec2, 'egress', input, call);
