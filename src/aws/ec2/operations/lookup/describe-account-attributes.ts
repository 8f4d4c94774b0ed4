import type * as ec2 from '../../shapes.generated.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { defaultVpc } from '../resolve.ts';

/** What an account may have of each, as AWS tells it of new ones; nothing here is refused for it. */
const limits = {
  'max-instances': '20',
  'vpc-max-security-groups-per-interface': '5',
  'max-elastic-ips': '5',
  'vpc-max-elastic-ips': '5',
} as const;

/** DescribeAccountAttributes: that it knows VPCs alone, and which is its default one. */
export const describeAccountAttributes: Ec2Operation<'DescribeAccountAttributes'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const all = {
      'supported-platforms': 'VPC',
      'default-vpc': defaultVpc(tx, call)?.id ?? 'none',
      ...limits,
    };
    const asked: readonly string[] = input.AttributeNames ?? Object.keys(all);
    return {
      AccountAttributes: Object.entries(all)
        .filter(([name]) => asked.includes(name))
        .map(present),
    };
  });

const present = ([name, value]: readonly [string, string]): ec2.AccountAttribute => ({
  AttributeName: name,
  AttributeValues: [{ AttributeValue: value }],
});
