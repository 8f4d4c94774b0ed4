// The rooms of src/, and who may import whom. This table is the law that `npm run lint` holds; CONTRIBUTING.md and docs/architecture.md show it.

/**
 * Room to the rooms that it may import; its own files and lib/ go without saying. `*` stands for a service of AWS, the same
 * one on both sides; for a room that is of no service, for each. `all` is for what puts everything together.
 */
export const rooms: Readonly<Record<string, readonly string[] | 'all'>> = {
  lib: [],
  wire: [],
  store: [],
  bulk: [],
  'agent-protocol': [],
  'aws/shared': ['store', 'wire'],
  // A file by itself: the types that all rooms of the service share.
  'aws/*/shapes.generated.ts': ['wire'],
  'aws/*/state': [
    'store',
    'bulk',
    'agent-protocol',
    'aws/shared',
    'aws/*/shapes.generated.ts',
    'aws/*/state',
  ],
  'aws/*/scheduler': ['store', 'agent-protocol', 'aws/shared', 'aws/*/shapes.generated.ts', 'aws/*/state'],
  'aws/*/controllers': ['store', 'bulk', 'agent-protocol', 'aws/shared', 'aws/*/state', 'aws/*/scheduler'],
  'aws/*': [
    'wire',
    'store',
    'bulk',
    'agent-protocol',
    'aws/shared',
    'aws/*/shapes.generated.ts',
    'aws/*/state',
    'aws/*/scheduler',
  ],
  longshore: [
    'wire',
    'store',
    'agent-protocol',
    'aws/shared',
    'aws/*/shapes.generated.ts',
    'aws/*/state',
    'aws/*/scheduler',
  ],
  acs: ['agent-protocol', 'store', 'wire', 'aws/shared', 'aws/ecs/state'],
  agent: ['agent-protocol', 'wire'],
  simulator: ['agent-protocol', 'wire', 'agent'],
  server: 'all',
  'server.ts': 'all',
  cli: 'all',
};

/** Service of AWS to the services whose state it may read and write. Without circles. */
export const edges: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: ['iam'],
  ec2: [],
  ecr: ['iam'],
  ecs: ['iam'],
  efs: ['iam', 'kms'],
  iam: [],
  kms: ['iam'],
  s3: ['iam'],
  secretsmanager: ['iam', 'kms'],
  ssm: ['kms', 'ec2'],
  logs: [],
  sts: ['iam'],
};

/** Rooms whose folders are rooms of their own: one never imports another, and what lies above them imports none. */
export const divided: ReadonlySet<string> = new Set(['aws/*/controllers']);
