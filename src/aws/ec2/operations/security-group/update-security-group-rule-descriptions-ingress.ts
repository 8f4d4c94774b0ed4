import type { Ec2Operation } from '../../ec2.ts';
import { updateDescriptions } from './update-descriptions.ts';

/** UpdateSecurityGroupRuleDescriptionsIngress: of rules for what reaches the group. */
export const updateSecurityGroupRuleDescriptionsIngress: Ec2Operation<
  'UpdateSecurityGroupRuleDescriptionsIngress'
> = (ec2, input, call) => updateDescriptions(ec2, 'ingress', input, call);
