// What the caller of each EC2 operation must be allowed to do it to: the resources that an input names and those that it makes,
// as IAM's reference of EC2 has them; their VPC and their tags.
import type { ReadTransaction } from '../../store/store.ts';
import type { OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import type { Ec2 } from './ec2.ts';
import { ec2Model } from './shapes.generated.ts';
import { ec2Arn } from './state/resource.ts';
import { keyPairs } from './state/key-pair/key-pair.ts';
import { launchTemplates } from './state/launch-template/launch-template.ts';
import { taggableKindOf, type TaggableType } from './state/taggable.ts';

/** The ARN of the VPC that a request's resources are in. */
export const vpcKey = 'ec2:Vpc';
/** The region that is asked. */
export const regionKey = 'ec2:Region';

/** What an operation makes; its id is not known before. */
const makes: Readonly<Record<string, TaggableType>> = {
  AllocateAddress: 'elastic-ip',
  AuthorizeSecurityGroupEgress: 'security-group-rule',
  AuthorizeSecurityGroupIngress: 'security-group-rule',
  CreateDhcpOptions: 'dhcp-options',
  CreateFlowLogs: 'vpc-flow-log',
  CreateInternetGateway: 'internet-gateway',
  CreateKeyPair: 'key-pair',
  CreateLaunchTemplate: 'launch-template',
  CreateNatGateway: 'natgateway',
  CreateNetworkAcl: 'network-acl',
  CreateNetworkInterface: 'network-interface',
  CreateRouteTable: 'route-table',
  CreateSecurityGroup: 'security-group',
  CreateSubnet: 'subnet',
  CreateVpc: 'vpc',
  CreateVpcEndpoint: 'vpc-endpoint',
  ImportKeyPair: 'key-pair',
};

/** Operations that read act on all that there is. */
const actsOnAll = (name: string): boolean => /^(Describe|Get)/.test(name) && !name.endsWith('Attribute');

/** The ids of resources that an input names anywhere in its members. */
function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /^[a-z]+-[0-9a-f]{8,17}$/.test(value) && taggableKindOf(value) !== undefined ? [value] : [];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(idsIn);
}

/** What a name stands for: of key pairs and launch templates both names and ids are given. */
function idsOfNames(tx: ReadTransaction, input: Members, caller: Caller): readonly string[] {
  const { KeyName: key, LaunchTemplateName: template } = input;
  const named = (table: typeof keyPairs | typeof launchTemplates, name: unknown) =>
    typeof name === 'string'
      ? [...tx.table(table as typeof keyPairs).by('name', { ...caller, name })].map(({ id }) => id)
      : [];
  return [...named(keyPairs, key), ...named(launchTemplates, template)];
}

/** Not of what a launch template is to be: it is asked when instances are started from it. */
const withoutData = ({ LaunchTemplateData: _, ...input }: Members): Members => input;

const resourcesOf =
  ({ store }: Ec2, name: string) =>
  (input: Members, caller: Caller): readonly string[] => {
    const ids = store.view((tx) => [
      ...idsIn(withoutData(input)),
      ...(name in makes ? [] : idsOfNames(tx, input, caller)),
    ]);
    const named = [...new Set(ids)].map((id) => ec2Arn(caller, taggableKindOf(id)!.type, id));
    const made = Object.hasOwn(makes, name) ? [ec2Arn(caller, makes[name]!, '*')] : [];
    const all = [...made, ...named];
    return all.length === 0 ? ['*'] : all;
  };

/** The ARNs of the VPCs of what the input names. */
const vpcsOf =
  ({ store }: Ec2) =>
  (input: Members, caller: Caller): readonly string[] =>
    store.view((tx) => {
      const ids = idsIn(input).flatMap((id) => {
        const row = taggableKindOf(id)!.get(tx, id) as { readonly vpcId?: string } | undefined;
        return id.startsWith('vpc-') ? [id] : row?.vpcId === undefined ? [] : [row.vpcId];
      });
      return [...new Set(ids)].map((id) => ec2Arn(caller, 'vpc', id));
    });

interface TagInput {
  readonly Key?: string;
  readonly Value?: string;
}

/** Those that are given to what is made, and those of CreateTags and DeleteTags. */
function requestTags(input: Members): Tags {
  const specifications = (input['TagSpecifications'] ?? []) as readonly {
    readonly Tags?: readonly TagInput[];
  }[];
  const tags = [
    ...specifications.flatMap(({ Tags: some }) => some ?? []),
    ...((input['Tags'] ?? []) as readonly TagInput[]),
  ];
  return Object.fromEntries(tags.map(({ Key: key = '', Value: value = '' }) => [key, value]));
}

const resourceTags =
  ({ store }: Ec2) =>
  (resource: string): Tags | undefined => {
    const id = resource.slice(resource.lastIndexOf('/') + 1);
    const row = store.view((tx) => taggableKindOf(id)?.get(tx, id));
    return row && Object.fromEntries(row.tags.map(({ key, value }) => [key, value]));
  };

/** Flow logs are written by a role that their maker hands over. */
const passedRoles = ({ DeliverLogsPermissionArn: roleArn }: Members) =>
  typeof roleArn === 'string' ? [{ roleArn, service: 'vpc-flow-logs.amazonaws.com' }] : [];

/** By operation, what `wire` asks before it runs. */
export const ec2Access = (ec2: Ec2): Record<string, OperationAccess> =>
  Object.fromEntries(
    Object.keys(ec2Model.operations).map((name) => [
      name,
      {
        ...(!actsOnAll(name) && { resources: resourcesOf(ec2, name), resourceTags: resourceTags(ec2) }),
        conditions: { [vpcKey]: vpcsOf(ec2), [regionKey]: (_input, { region }) => [region] },
        requestTags,
        ...(name === 'CreateFlowLogs' && { passedRoles }),
      } satisfies OperationAccess,
    ]),
  );
