import type { Ec2Operation } from '../../ec2.ts';
import { updateDescriptions } from './update-descriptions.ts';

/** UpdateSecurityGroupRuleDescriptionsEgress: of rules for what the group sends. */
export const updateSecurityGroupRuleDescriptionsEgress: Ec2Operation<
  'UpdateSecurityGroupRuleDescriptionsEgress'
> = (ec2, input, call) => updateDescriptions(ec2, 'egress', input, call);
