// What the shapes of several operations are made of.
import { list, structure } from './structure.ts';

/** The members of an instance as answers name it. */
export const namedInstance = {
  containerInstanceArn: 'String',
  ec2InstanceId: 'String?',
  /** The name and the address of its machine, where they are known. */
  hostName: 'String?',
  address: 'String?',
} as const;

export const commonShapes = {
  String: 'string',
  Integer: 'integer',
  Boolean: 'boolean',
  Timestamp: 'timestamp',
  Document: 'document',
  Strings: list('String'),
  Integers: list('Integer'),
  Empty: structure({}),
  NamedInstance: structure(namedInstance),
  NamedInstances: list('NamedInstance'),
} as const;
