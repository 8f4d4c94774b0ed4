// ModifyVpcAttribute: one setting at a time, as EC2 takes them.
import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterCombination, missingParameter } from '../../errors.ts';
import { vpcOf } from '../resolve.ts';

export const modifyVpcAttribute: Ec2Operation<'ModifyVpcAttribute'> = (ec2, input, call) => {
  const asked = Object.entries({
    enableDnsSupport: input.EnableDnsSupport?.Value,
    enableDnsHostnames: input.EnableDnsHostnames?.Value,
    enableNetworkAddressUsageMetrics: input.EnableNetworkAddressUsageMetrics?.Value,
  }).filter(([, value]) => value !== undefined);
  if (asked.length === 0) throw missingParameter('attribute');
  if (asked.length > 1) throw invalidParameterCombination('Only one attribute can be modified at a time.');
  return ec2.store.update((tx) => {
    tx.table(vpcs).put({ ...vpcOf(tx, call, input.VpcId), ...Object.fromEntries(asked) });
    return {};
  });
};
