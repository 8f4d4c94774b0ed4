import type * as ec2 from '../../shapes.generated.ts';
import type { Ec2Operation, Host } from '../../ec2.ts';
import { unsupported } from '../../errors.ts';
import { hostsOf } from './host-reference.ts';

/** DescribeInstanceAttribute: those that a host has without being a machine of EC2. */
export const describeInstanceAttribute: Ec2Operation<'DescribeInstanceAttribute'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const [host] = hostsOf(ec2, tx, call, [input.InstanceId]);
    return { InstanceId: host!.id, ...attributeOf(host!, input.Attribute) };
  });

function attributeOf(host: Host, attribute: ec2.InstanceAttributeName): ec2.InstanceAttribute {
  switch (attribute) {
    case 'instanceType':
      return { InstanceType: { Value: host.instanceType } };
    case 'disableApiTermination':
      return { DisableApiTermination: { Value: false } };
    case 'disableApiStop':
      return { DisableApiStop: { Value: false } };
    case 'groupSet':
      return { Groups: [] };
    case 'productCodes':
      return { ProductCodes: [] };
    case 'userData':
      return { UserData: {} };
    case 'instanceInitiatedShutdownBehavior':
      return { InstanceInitiatedShutdownBehavior: { Value: 'stop' } };
    case 'blockDeviceMapping':
    case 'ebsOptimized':
    case 'enaSupport':
    case 'enclaveOptions':
    case 'kernel':
    case 'ramdisk':
    case 'rootDeviceName':
    case 'sourceDestCheck':
    case 'sriovNetSupport':
      throw unsupported(`the attribute ${attribute} of instances`);
  }
}
