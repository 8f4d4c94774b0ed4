// Every error that the EC2 API answers, in one table: wire name, and the text that clients match on.
import { ApiError } from '../../wire/errors.ts';

/** Kinds of resources by what their ids begin with: what EC2 calls them in errors. */
const kinds = {
  acl: ['InvalidNetworkAclID.NotFound', 'networkAcl ID'],
  aclassoc: ['InvalidAssociationID.NotFound', 'association ID'],
  dopt: ['InvalidDhcpOptionID.NotFound', 'dhcpOption ID'],
  eipalloc: ['InvalidAllocationID.NotFound', 'allocation ID'],
  eipassoc: ['InvalidAssociationID.NotFound', 'association ID'],
  eni: ['InvalidNetworkInterfaceID.NotFound', 'networkInterface ID'],
  i: ['InvalidInstanceID.NotFound', 'instance ID'],
  igw: ['InvalidInternetGatewayID.NotFound', 'internetGateway ID'],
  pl: ['InvalidPrefixListID.NotFound', 'prefix list ID'],
  rtb: ['InvalidRouteTableID.NotFound', 'routeTable ID'],
  rtbassoc: ['InvalidAssociationID.NotFound', 'association ID'],
  sg: ['InvalidGroup.NotFound', 'security group'],
  sgr: ['InvalidSecurityGroupRuleId.NotFound', 'security group rule ID'],
  subnet: ['InvalidSubnetID.NotFound', 'subnet ID'],
  vpc: ['InvalidVpcID.NotFound', 'vpc ID'],
  'vpc-cidr-assoc': ['InvalidVpcCidrBlockAssociationID.NotFound', 'vpc CIDR block association ID'],
  vpce: ['InvalidVpcEndpointId.NotFound', 'Vpc Endpoint Id'],
} as const;

export type Kind = keyof typeof kinds;

/** Kinds whose ids are refused where they have another form; of others no such error is documented. */
const malformedCodes: Partial<Record<Kind, string>> = {
  eni: 'InvalidNetworkInterfaceId.Malformed',
  i: 'InvalidInstanceID.Malformed',
  sg: 'InvalidGroupId.Malformed',
  vpc: 'InvalidVpcId.Malformed',
  vpce: 'InvalidVpcEndpointId.Malformed',
};

/** What is asked for by an id that nothing in this account and region has. */
export function notFound(kind: Kind, id: string): ApiError {
  const malformed = malformedCodes[kind];
  if (malformed !== undefined && !/^[a-z]+-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
    return new ApiError(malformed, `Invalid id: "${id}" (expecting "${kind}-...")`);
  const [code, name] = kinds[kind];
  return new ApiError(code, `The ${name} '${id}' does not exist`);
}

/** As a NAT gateway misses the Elastic IP address that it was to have. */
export const elasticIpNotFound = (id: string): ApiError =>
  new ApiError('InvalidElasticIpID.NotFound', `The elasticIp ID '${id}' does not exist`);
export const natGatewayNotFound = (id: string): ApiError =>
  new ApiError('NatGatewayNotFound', `The Nat Gateway ${id} was not found`);
export const imageNotFound = (id: string): ApiError =>
  new ApiError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
export const keyPairNotFound = (name: string): ApiError =>
  new ApiError('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
export const keyPairDuplicate = (name: string): ApiError =>
  new ApiError('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);
export const keyPairFormat = (): ApiError =>
  new ApiError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
export const flowLogNotFound = (ids: readonly string[]): ApiError =>
  new ApiError(
    'InvalidFlowLogId.NotFound',
    `These flow log ids in the input list are not found: [TotalCount: ${ids.length}] ${ids.join(', ')}`,
  );
export const flowLogExists = (): ApiError =>
  new ApiError(
    'FlowLogAlreadyExists',
    'There is an existing Flow Log with the same configuration and log destination.',
  );
export const launchTemplateIdNotFound = (id: string): ApiError =>
  new ApiError(
    'InvalidLaunchTemplateId.NotFound',
    `The specified launch template, with template ID ${id}, does not exist.`,
  );
export const launchTemplateNameNotFound = (name: string): ApiError =>
  new ApiError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
export const launchTemplateVersionNotFound = (name: string, version: string): ApiError =>
  new ApiError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version} for the launch template with ID ${name}.`,
  );
export const launchTemplateExists = (): ApiError =>
  new ApiError('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.');
export const zoneNotFound = (name: string): ApiError =>
  new ApiError('InvalidParameterValue', `Invalid availability zone: [${name}]`);
export const regionNotFound = (name: string): ApiError =>
  new ApiError('InvalidParameterValue', `Invalid region: [${name}]`);
export const instanceTypeNotFound = (names: readonly string[]): ApiError =>
  new ApiError(
    'InvalidInstanceType',
    `The following supplied instance types do not exist: [${names.join(', ')}]`,
  );
export const serviceNameNotFound = (name: string): ApiError =>
  new ApiError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);

export const invalidParameterValue = (message: string): ApiError =>
  new ApiError('InvalidParameterValue', message);
export const invalidParameterCombination = (message: string): ApiError =>
  new ApiError('InvalidParameterCombination', message);
export const missingParameter = (name: string): ApiError =>
  new ApiError('MissingParameter', `The request must contain the parameter ${name}`);
/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  new ApiError('UnsupportedOperation', `Longshore does not serve ${feature}.`);
export const dryRun = (): ApiError =>
  new ApiError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
export const invalidToken = (): ApiError =>
  invalidParameterValue('Invalid value for parameter nextToken. Use the nextToken of the previous answer.');
export const idempotentMismatch = (): ApiError =>
  new ApiError(
    'IdempotentParameterMismatch',
    'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical.',
  );
export const tagLimitExceeded = (): ApiError =>
  new ApiError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
export const invalidId = (id: string): ApiError => new ApiError('InvalidID', `The ID '${id}' is not valid`);

/** Something else still needs it. */
export const dependencyViolation = (message: string): ApiError =>
  new ApiError('DependencyViolation', message);
export const hasDependencies = (kind: string, id: string): ApiError =>
  dependencyViolation(`The ${kind} '${id}' has dependencies and cannot be deleted.`);

export const malformedCidr = (cidr: string): ApiError =>
  invalidParameterValue(
    `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
  );
export const vpcRange = (cidr: string): ApiError =>
  new ApiError('InvalidVpc.Range', `The CIDR '${cidr}' is invalid.`);
export const vpcConflict = (cidr: string): ApiError =>
  new ApiError('InvalidVpc.Range', `The CIDR '${cidr}' conflicts with another CIDR of the VPC.`);
export const cidrInUse = (cidr: string): ApiError =>
  new ApiError(
    'OperationNotPermitted',
    `The vpc CIDR block '${cidr}' has subnets, or is the VPC's first, and cannot be disassociated.`,
  );
export const vpcCidrLimit = (): ApiError =>
  new ApiError('CidrLimitExceeded', 'This network has met its maximum number of allowed CIDRs: 5');
export const subnetRange = (cidr: string): ApiError =>
  new ApiError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
export const subnetConflict = (cidr: string): ApiError =>
  new ApiError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
export const defaultVpcExists = (): ApiError =>
  new ApiError('DefaultVpcAlreadyExists', 'A Default VPC already exists for this account in this region.');
export const defaultVpcMissing = (): ApiError =>
  new ApiError('DefaultVpcDoesNotExist', 'No default VPC exists for this account in this region.');
export const noDefaultVpc = (): ApiError => new ApiError('VPCIdNotSpecified', 'No default VPC for this user');
export const defaultSubnetExists = (zone: string, id: string): ApiError =>
  new ApiError(
    'DefaultSubnetAlreadyExistsInAvailabilityZone',
    `'${id}' is already the default subnet in ${zone}.`,
  );
export const freeAddressesMissing = (subnetId: string): ApiError =>
  new ApiError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnetId}' to satisfy the requested number of addresses.`,
  );

export const routeExists = (destination: string): ApiError =>
  new ApiError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
export const routeNotFound = (destination: string, table: string): ApiError =>
  new ApiError(
    'InvalidRoute.NotFound',
    `no route with destination-cidr-block ${destination} in route table ${table}`,
  );
export const alreadyAssociated = (message: string): ApiError =>
  new ApiError('Resource.AlreadyAssociated', message);
export const gatewayNotAttached = (gateway: string, vpc: string): ApiError =>
  new ApiError('Gateway.NotAttached', `resource ${gateway} is not attached to network ${vpc}`);
export const gatewayNotFound = (id: string): ApiError =>
  new ApiError('InvalidGatewayID.NotFound', `The gateway ID '${id}' does not exist`);
export const routedNatGatewayNotFound = (id: string): ApiError =>
  new ApiError('InvalidNatGatewayID.NotFound', `The natGateway ID '${id}' does not exist`);

export const addressNotFound = (address: string): ApiError =>
  new ApiError('InvalidAddress.NotFound', `Address '${address}' not found.`);
export const addressInUse = (address: string): ApiError =>
  new ApiError('InvalidIPAddress.InUse', `The address ${address} is in use.`);
export const addressAssociated = (id: string): ApiError =>
  alreadyAssociated(`resource ${id} is already associated with another network interface`);
export const authFailure = (message: string): ApiError => new ApiError('AuthFailure', message);

export const groupExists = (name: string, vpcId: string): ApiError =>
  new ApiError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
export const groupNameNotFound = (name: string, vpcId: string): ApiError =>
  new ApiError(
    'InvalidGroup.NotFound',
    `The security group '${name}' does not exist in ${vpcId === '' ? 'the default VPC' : `VPC '${vpcId}'`}`,
  );
export const defaultGroupStays = (id: string): ApiError =>
  new ApiError('CannotDelete', `the specified group: "${id}" name: "default" cannot be deleted by a user`);
export const permissionExists = (rule: string): ApiError =>
  new ApiError('InvalidPermission.Duplicate', `the specified rule "${rule}" already exists`);
export const permissionNotFound = (): ApiError =>
  new ApiError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
export const permissionMalformed = (message: string): ApiError =>
  new ApiError('InvalidPermission.Malformed', message);
export const rulesLimitExceeded = (): ApiError =>
  new ApiError(
    'RulesPerSecurityGroupLimitExceeded',
    'The maximum number of rules per security group has been reached.',
  );
export const groupsPerInterfaceLimitExceeded = (): ApiError =>
  new ApiError(
    'SecurityGroupsPerInterfaceLimitExceeded',
    'The maximum number of security groups per interface has been reached.',
  );

export const aclEntryExists = (number: number): ApiError =>
  new ApiError(
    'NetworkAclEntryAlreadyExists',
    `The network acl entry identified by ${number} already exists.`,
  );
export const aclEntryNotFound = (number: number, egress: boolean, acl: string): ApiError =>
  new ApiError(
    'InvalidNetworkAclEntry.NotFound',
    `The ${egress ? 'egress' : 'ingress'} network acl entry identified by rule number ${number} does not exist in ${acl}`,
  );
export const aclEntryLimitExceeded = (): ApiError =>
  new ApiError('NetworkAclEntryLimitExceeded', 'The maximum number of network acl entries has been reached.');
export const interfaceInUse = (id: string): ApiError =>
  new ApiError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
export const interfaceManaged = (id: string): ApiError =>
  new ApiError(
    'OperationNotPermitted',
    `You are not allowed to manage '${id}': it belongs to a service of AWS.`,
  );
export const otherNetwork = (): ApiError =>
  invalidParameterValue('You have specified two resources that belong to different networks.');
export const attachmentNotFound = (id: string): ApiError =>
  new ApiError('InvalidAttachmentID.NotFound', `The attachment '${id}' does not exist.`);
export const endpointConflict = (service: string, vpcId: string): ApiError =>
  new ApiError(
    'InvalidParameter',
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service} in the VPC ${vpcId}`,
  );
export const vpnGatewayNotFound = (id: string): ApiError =>
  new ApiError('InvalidVpnGatewayID.NotFound', `The vpnGateway ID '${id}' does not exist`);
export const keyPairIdNotFound = (id: string): ApiError =>
  new ApiError('InvalidKeyPair.NotFound', `The key pair ID '${id}' does not exist`);
export const invalidUserData = (): ApiError =>
  new ApiError('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
export const invalidLaunchTemplateName = (name: string): ApiError =>
  new ApiError(
    'InvalidLaunchTemplateName.MalformedException',
    `The launch template name '${name}' is invalid. It has 3 to 128 letters, numbers or ().-/_`,
  );
export const instanceNotFound = (ids: readonly string[]): ApiError =>
  ids.length === 1
    ? new ApiError('InvalidInstanceID.NotFound', `The instance ID '${ids[0]}' does not exist`)
    : new ApiError('InvalidInstanceID.NotFound', `The instance IDs '${ids.join(', ')}' do not exist`);
