// The keys that calls are signed with.
import { list, enumeration, structure } from './structure.ts';

const shownKey = {
  accessKeyId: 'String',
  status: 'String',
  userName: 'String',
  kind: 'ShownKeyKind',
  /** Of an agent's key: the only cluster that it registers instances into. */
  clusterArn: 'String?',
  createdAt: 'Timestamp',
} as const;

export const accessKeyShapes = {
  /** `root` may do everything, `agent` only what an agent does for its own instances. */
  AccessKeyKind: enumeration('root', 'agent'),
  /** `user`: what the policies of its IAM user allow. Such keys are made by IAM's own operations. */
  ShownKeyKind: enumeration('root', 'agent', 'user'),
  ShownKey: structure(shownKey),
  ShownKeys: list('ShownKey'),
  CreateAccessKeyInput: structure({
    /** Who is to have it; default `agent`. */
    userName: 'String?',
    /** Default `root`. */
    kind: 'AccessKeyKind?',
    /** With `agent` only: name or ARN of the cluster to which it is limited; it must be there. */
    cluster: 'String?',
  }),
  CreateAccessKeyOutput: structure({ accessKey: 'CreatedKey' }),
  CreatedKey: structure({
    ...shownKey,
    /** The only time that it is shown. */
    secretAccessKey: 'String',
  }),
  ListAccessKeysOutput: structure({ accessKeys: 'ShownKeys' }),
  DeleteAccessKeyInput: structure({ accessKeyId: 'String' }),
} as const;
