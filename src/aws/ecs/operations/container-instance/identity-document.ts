// The instance identity document that an agent on EC2 registers with. Its signature is not verified: whoever registers
// has signed the request itself, and the document adds no right to that.
import { isHostId } from '../../state/instance/instance-group.ts';
import type { Scope } from '../../../shared/scope.ts';
import { invalidParameter } from '../../errors.ts';
import { agentAttribute } from './attribute-rules.ts';
import { type Attribute, attributeValue } from '../../../../agent-protocol/attribute.ts';

export interface InstanceIdentity {
  readonly ec2InstanceId: string;
  /** The attributes that follow from it. */
  readonly attributes: readonly Attribute[];
}

/** The attributes that the document gives, by its member. */
const attributeNames = {
  availabilityZone: 'ecs.availability-zone',
  imageId: 'ecs.ami-id',
  instanceType: 'ecs.instance-type',
} as const;

/** Of an EC2 instance's attributes, those that its document gave. */
export const identityAttributes = (attributes: readonly Attribute[]): readonly Attribute[] =>
  Object.values(attributeNames).flatMap((name) => {
    const value = attributeValue(attributes, name);
    return value === undefined ? [] : [{ name, value }];
  });

/**
 * Reads the document; undefined where there is none, which agents off EC2 say with an empty text. Throws
 * InvalidParameterException for one that is malformed, or of another account or region than the caller's.
 */
export function instanceIdentity(
  document: string | undefined,
  signature: string | undefined,
  scope: Scope,
): InstanceIdentity | undefined {
  if (!document) {
    if (signature) throw invalidParameter('instanceIdentityDocument is missing, but its signature is given.');
    return undefined;
  }
  const members = parse(document);
  const text = (member: string): string | undefined => {
    const value = members[member];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const required = (member: string): string => text(member) ?? malformed(`it has no ${member}`);
  const ec2InstanceId = required('instanceId');
  if (!isHostId(ec2InstanceId)) malformed('its instanceId is not an id such as i-0123456789abcdef0');
  checkSame('account', required('accountId'), scope.accountId);
  checkSame('region', required('region'), scope.region);
  const attributes = Object.entries(attributeNames).flatMap(([member, name]) => {
    const value = text(member);
    return value === undefined ? [] : [agentAttribute({ name, value })];
  });
  return { ec2InstanceId, attributes };
}

function parse(document: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return malformed('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return malformed('it is not a JSON object');
  }
  return value as Readonly<Record<string, unknown>>;
}

function malformed(problem: string): never {
  throw invalidParameter(`The instance identity document is invalid: ${problem}.`);
}

function checkSame(what: string, documents: string, callers: string): void {
  if (documents === callers) return;
  throw invalidParameter(
    `The instance identity document is of ${what} ${documents}, but the caller's ${what} is ${callers}.`,
  );
}
