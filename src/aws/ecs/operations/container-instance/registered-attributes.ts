// The attributes that an instance registers with: what its agent sends, what its identity document says, what it had.
import type * as ecs from '../../shapes.generated.ts';
import { isManagedInstanceId, type ContainerInstance } from '../../state/instance/container-instance.ts';
import {
  countCustomAttributes,
  isCustomAttribute,
  maxCustomAttributes,
  reregisteredAttributes,
  withAttribute,
} from '../../state/instance/instance-attributes.ts';
import { clientException, invalidParameter } from '../../errors.ts';
import { agentAttribute, attributeOf, checkAttributeName } from './attribute-rules.ts';
import { identityAttributes, type InstanceIdentity } from './identity-document.ts';
import { type Attribute, attributeValue } from '../../../../agent-protocol/attribute.ts';

/**
 * The attributes in a request, each name once, the last value counting. Throws InvalidParameterException for the user's
 * own that are malformed or too many: what is not taken as it was sent, the agent would take for a failure.
 */
export function sentAttributes(input: readonly ecs.Attribute[] = []): readonly Attribute[] {
  const sent = input.map(sentAttribute).reduce<readonly Attribute[]>(withAttribute, []);
  checkCustomCount(sent);
  return sent;
}

function sentAttribute(input: ecs.Attribute): Attribute {
  const { name } = input;
  if (!name) throw invalidParameter('An attribute needs a name.');
  if (!isCustomAttribute(name)) return agentAttribute(input);
  checkAttributeName(name);
  return attributeOf(name, input);
}

function checkCustomCount(attributes: readonly Attribute[]): void {
  if (countCustomAttributes(attributes) <= maxCustomAttributes) return;
  throw invalidParameter(`A container instance can have at most ${maxCustomAttributes} custom attributes.`);
}

/** What the instance has from now on. What is sent comes before the document, and that before what is assumed. */
export function instanceAttributes(
  known: ContainerInstance | undefined,
  sent: readonly Attribute[],
  identity: InstanceIdentity | undefined,
  region: string,
): readonly Attribute[] {
  const attributes = reregisteredAttributes(known?.attributes ?? [], sent);
  checkCustomCount(attributes);
  return [...derived(known, identity), { name: 'ecs.availability-zone', value: `${region}a` }].reduce(
    (all, attribute) => (all.some(({ name }) => name === attribute.name) ? all : [...all, attribute]),
    attributes,
  );
}

/** An EC2 instance whose document could not be read this time is still where it was. */
function derived(
  known: ContainerInstance | undefined,
  identity: InstanceIdentity | undefined,
): readonly Attribute[] {
  if (identity) return identity.attributes;
  return known && isOnEc2(known) ? identityAttributes(known.attributes) : [];
}

/** Throws ClientException when what registers again cannot be the host that `known` is. */
export function checkSameHost(
  known: ContainerInstance,
  attributes: readonly Attribute[],
  identity: InstanceIdentity | undefined,
): void {
  const type = 'ecs.instance-type';
  if (attributeValue(known.attributes, type) !== attributeValue(attributes, type)) {
    throw clientException('Container instance type changes are not supported.');
  }
  if (identity && isOnEc2(known) && identity.ec2InstanceId !== known.ec2InstanceId) {
    throw clientException(
      `Container instance ${known.id} is the EC2 instance ${known.ec2InstanceId}, not ${identity.ec2InstanceId}. Register without containerInstanceArn to become a new one.`,
    );
  }
}

/** Once its identity document was read. */
const isOnEc2 = ({ ec2InstanceId }: ContainerInstance): boolean =>
  ec2InstanceId !== undefined && !isManagedInstanceId(ec2InstanceId);
