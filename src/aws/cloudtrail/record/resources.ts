// The resources that a call has to do with, as CloudFormation calls their types: by the ARNs and ids in it.
import { parseArn } from '../../../lib/arn.ts';

export interface NamedResource {
  /** E.g. `AWS::ECS::Cluster`. */
  readonly type: string;
  /** An ARN, an id or a name. */
  readonly name: string;
}

/** By service, how the resource part of an ARN begins, and its type; the name is the first group. */
const types: Readonly<Record<string, readonly (readonly [pattern: RegExp, type: string])[]>> = {
  ecr: [[/^repository\/(.+)$/, 'AWS::ECR::Repository']],
  ecs: [
    [/^capacity-provider\/(.+)$/, 'AWS::ECS::CapacityProvider'],
    [/^cluster\/(.+)$/, 'AWS::ECS::Cluster'],
    [/^container-instance\/(?:.+\/)?([^/]+)$/, 'AWS::ECS::ContainerInstance'],
    [/^service\/(?:.+\/)?([^/]+)$/, 'AWS::ECS::Service'],
    [/^task\/(?:.+\/)?([^/]+)$/, 'AWS::ECS::Task'],
    [/^task-definition\/(.+)$/, 'AWS::ECS::TaskDefinition'],
    [/^task-set\/(?:.+\/)?([^/]+)$/, 'AWS::ECS::TaskSet'],
  ],
  elasticfilesystem: [
    [/^access-point\/(.+)$/, 'AWS::EFS::AccessPoint'],
    [/^file-system\/(.+)$/, 'AWS::EFS::FileSystem'],
  ],
  iam: [
    [/^group\/(?:.+\/)?([^/]+)$/, 'AWS::IAM::Group'],
    [/^instance-profile\/(?:.+\/)?([^/]+)$/, 'AWS::IAM::InstanceProfile'],
    [/^policy\/(?:.+\/)?([^/]+)$/, 'AWS::IAM::Policy'],
    [/^role\/(?:.+\/)?([^/]+)$/, 'AWS::IAM::Role'],
    [/^user\/(?:.+\/)?([^/]+)$/, 'AWS::IAM::User'],
  ],
  kms: [
    [/^alias\/(.+)$/, 'AWS::KMS::Alias'],
    [/^key\/(.+)$/, 'AWS::KMS::Key'],
  ],
  logs: [[/^log-group:([^:]+)/, 'AWS::Logs::LogGroup']],
  s3: [
    [/^([^/]+)$/, 'AWS::S3::Bucket'],
    [/^([^/]+\/.+)$/, 'AWS::S3::Object'],
  ],
  secretsmanager: [[/^secret:(.+)$/, 'AWS::SecretsManager::Secret']],
  ssm: [[/^parameter(\/.+)$/, 'AWS::SSM::Parameter']],
  sts: [[/^assumed-role\/.+\/([^/]+)$/, 'AWS::STS::AssumedRole']],
};

/** By what ids of EC2 and EFS begin with. */
const idTypes: Readonly<Record<string, string>> = {
  acl: 'AWS::EC2::NetworkAcl',
  dopt: 'AWS::EC2::DHCPOptions',
  eipalloc: 'AWS::EC2::EIP',
  eni: 'AWS::EC2::NetworkInterface',
  fl: 'AWS::EC2::FlowLog',
  fs: 'AWS::EFS::FileSystem',
  fsap: 'AWS::EFS::AccessPoint',
  fsmt: 'AWS::EFS::MountTarget',
  i: 'AWS::EC2::Instance',
  igw: 'AWS::EC2::InternetGateway',
  key: 'AWS::EC2::KeyPair',
  lt: 'AWS::EC2::LaunchTemplate',
  nat: 'AWS::EC2::NatGateway',
  rtb: 'AWS::EC2::RouteTable',
  sg: 'AWS::EC2::SecurityGroup',
  sgr: 'AWS::EC2::SecurityGroupRule',
  subnet: 'AWS::EC2::Subnet',
  vpc: 'AWS::EC2::VPC',
  vpce: 'AWS::EC2::VPCEndpoint',
};

/** No event has more. */
const maxResources = 50;

/** What ARNs and ids name; an ARN stands for two: for itself, and for the name in it. What is no name of one resource is left out. */
export function resourcesOf(names: Iterable<string>): readonly NamedResource[] {
  const found = new Map<string, NamedResource>();
  for (const name of names) {
    if (found.size >= maxResources) break;
    for (const one of knownResources(name)) found.set(`${one.type} ${one.name}`, one);
  }
  return [...found.values()].slice(0, maxResources);
}

/** Names that are remembered; all are forgotten once there are more. */
const maxKnown = 1000;
const known = new Map<string, readonly NamedResource[]>();

/** Calls name the same clusters, definitions and instances again and again. */
function knownResources(name: string): readonly NamedResource[] {
  const found = known.get(name) ?? resourcesNamed(name);
  if (known.size >= maxKnown) known.clear();
  known.set(name, found);
  return found;
}

function resourcesNamed(text: string): readonly NamedResource[] {
  if (text.includes('*') || text.length > 2048) return [];
  if (!text.startsWith('arn:')) {
    const type = idTypes[text.slice(0, text.indexOf('-'))];
    return type === undefined ? [] : [{ type, name: text }];
  }
  const arn = parseArn(text);
  for (const [pattern, type] of types[arn?.service ?? ''] ?? []) {
    const name = pattern.exec(arn!.resource)?.[1];
    if (name !== undefined)
      return [
        { type, name },
        { type, name: text },
      ];
  }
  // EC2's are found by their ids.
  const id = /^[a-z-]+\/([a-z]+-[0-9a-f]+)$/.exec(arn?.resource ?? '')?.[1];
  return id === undefined ? [] : resourcesNamed(id);
}
