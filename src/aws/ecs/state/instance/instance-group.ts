// Which Auto Scaling group a container instance is of, and what the group calls it: two attributes of its own say so.
import { autoScalingGroupName } from '../capacity/capacity-provider.ts';
import { isManagedInstanceId, type ContainerInstance } from './container-instance.ts';
import { attributeValue } from '../../../../agent-protocol/attribute.ts';

/** Its value is the group's name or ARN. */
export const groupAttribute = 'longshore.auto-scaling-group';
/** Its value is what whoever starts and stops the group's hosts calls this one. */
export const hostAttribute = 'longshore.instance-id';

/** The name of the instance's group, if it is of one. */
export function autoScalingGroupOf({
  attributes,
}: Pick<ContainerInstance, 'attributes'>): string | undefined {
  const value = attributeValue(attributes, groupAttribute);
  return value === undefined ? undefined : autoScalingGroupName(value);
}

const hostIdForm = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;

/** Whether a host can be called so: whoever stops hosts takes their ids for words, lines and names of files. */
export const isHostId = (text: string): boolean => hostIdForm.test(text);

/**
 * What the instance's host is called where it was started: by its attribute, else its EC2 id, else the instance's own id.
 * One that cannot be an id counts as none.
 */
export function hostIdOf({ attributes, ec2InstanceId, id }: ContainerInstance): string {
  const isEc2 = ec2InstanceId !== undefined && !isManagedInstanceId(ec2InstanceId);
  const input = [attributeValue(attributes, hostAttribute), isEc2 ? ec2InstanceId : undefined];
  return input.find((one) => one !== undefined && isHostId(one)) ?? id;
}
