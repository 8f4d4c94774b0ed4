// The EC2 API, as far as networks, hosts and lookups go: every operation that is built; of all others it says that they are not.
import { operationsOf, type Api, type Operation, type OperationTable } from '../../wire/api.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import type { Ec2 } from './ec2.ts';
import { dryRun, invalidParameterValue, invalidToken, missingParameter } from './errors.ts';
import { allocateAddress } from './operations/address/allocate-address.ts';
import { associateAddress } from './operations/address/associate-address.ts';
import { associateDhcpOptions } from './operations/dhcp-options/associate-dhcp-options.ts';
import { associateRouteTable } from './operations/route-table/associate-route-table.ts';
import { associateVpcCidrBlock } from './operations/vpc/associate-vpc-cidr-block.ts';
import { attachInternetGateway } from './operations/internet-gateway/attach-internet-gateway.ts';
import { authorizeSecurityGroupEgress } from './operations/security-group/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './operations/security-group/authorize-security-group-ingress.ts';
import { createDefaultSubnet } from './operations/subnet/create-default-subnet.ts';
import { createDefaultVpc } from './operations/vpc/create-default-vpc.ts';
import { createDhcpOptions } from './operations/dhcp-options/create-dhcp-options.ts';
import { createFlowLogs } from './operations/flow-log/create-flow-logs.ts';
import { createInternetGateway } from './operations/internet-gateway/create-internet-gateway.ts';
import { createKeyPair } from './operations/key-pair/create-key-pair.ts';
import { createLaunchTemplate } from './operations/launch-template/create-launch-template.ts';
import { createLaunchTemplateVersion } from './operations/launch-template/create-launch-template-version.ts';
import { createNatGateway } from './operations/nat-gateway/create-nat-gateway.ts';
import { createNetworkAcl } from './operations/network-acl/create-network-acl.ts';
import { createNetworkAclEntry } from './operations/network-acl/create-network-acl-entry.ts';
import { createNetworkInterface } from './operations/network-interface/create-network-interface.ts';
import { createRoute } from './operations/route-table/create-route.ts';
import { createRouteTable } from './operations/route-table/create-route-table.ts';
import { createSecurityGroup } from './operations/security-group/create-security-group.ts';
import { createSubnet } from './operations/subnet/create-subnet.ts';
import { createTags } from './operations/tag/create-tags.ts';
import { createVpc } from './operations/vpc/create-vpc.ts';
import { createVpcEndpoint } from './operations/vpc-endpoint/create-vpc-endpoint.ts';
import { deleteDhcpOptions } from './operations/dhcp-options/delete-dhcp-options.ts';
import { deleteFlowLogs } from './operations/flow-log/delete-flow-logs.ts';
import { deleteInternetGateway } from './operations/internet-gateway/delete-internet-gateway.ts';
import { deleteKeyPair } from './operations/key-pair/delete-key-pair.ts';
import { deleteLaunchTemplate } from './operations/launch-template/delete-launch-template.ts';
import { deleteLaunchTemplateVersions } from './operations/launch-template/delete-launch-template-versions.ts';
import { deleteNatGateway } from './operations/nat-gateway/delete-nat-gateway.ts';
import { deleteNetworkAcl } from './operations/network-acl/delete-network-acl.ts';
import { deleteNetworkAclEntry } from './operations/network-acl/delete-network-acl-entry.ts';
import { deleteNetworkInterface } from './operations/network-interface/delete-network-interface.ts';
import { deleteRoute } from './operations/route-table/delete-route.ts';
import { deleteRouteTable } from './operations/route-table/delete-route-table.ts';
import { deleteSecurityGroup } from './operations/security-group/delete-security-group.ts';
import { deleteSubnet } from './operations/subnet/delete-subnet.ts';
import { deleteTags } from './operations/tag/delete-tags.ts';
import { deleteVpc } from './operations/vpc/delete-vpc.ts';
import { deleteVpcEndpoints } from './operations/vpc-endpoint/delete-vpc-endpoints.ts';
import { describeAccountAttributes } from './operations/lookup/describe-account-attributes.ts';
import { describeAddresses } from './operations/address/describe-addresses.ts';
import { describeAddressesAttribute } from './operations/address/describe-addresses-attribute.ts';
import { describeAvailabilityZones } from './operations/lookup/describe-availability-zones.ts';
import { describeDhcpOptions } from './operations/dhcp-options/describe-dhcp-options.ts';
import { describeFlowLogs } from './operations/flow-log/describe-flow-logs.ts';
import { describeImages } from './operations/image/describe-images.ts';
import { describeInstanceAttribute } from './operations/instance/describe-instance-attribute.ts';
import { describeInstanceStatus } from './operations/instance/describe-instance-status.ts';
import { describeInstanceTypeOfferings } from './operations/lookup/describe-instance-type-offerings.ts';
import { describeInstanceTypes } from './operations/lookup/describe-instance-types.ts';
import { describeInstances } from './operations/instance/describe-instances.ts';
import { describeInternetGateways } from './operations/internet-gateway/describe-internet-gateways.ts';
import { describeKeyPairs } from './operations/key-pair/describe-key-pairs.ts';
import { describeLaunchTemplateVersions } from './operations/launch-template/describe-launch-template-versions.ts';
import { describeLaunchTemplates } from './operations/launch-template/describe-launch-templates.ts';
import { describeManagedPrefixLists } from './operations/prefix-list/describe-managed-prefix-lists.ts';
import { describeNatGateways } from './operations/nat-gateway/describe-nat-gateways.ts';
import { describeNetworkAcls } from './operations/network-acl/describe-network-acls.ts';
import { describeNetworkInterfaceAttribute } from './operations/network-interface/describe-network-interface-attribute.ts';
import { describeNetworkInterfaces } from './operations/network-interface/describe-network-interfaces.ts';
import { describePrefixLists } from './operations/prefix-list/describe-prefix-lists.ts';
import { describeRegions } from './operations/lookup/describe-regions.ts';
import { describeRouteTables } from './operations/route-table/describe-route-tables.ts';
import { describeSecurityGroupRules } from './operations/security-group/describe-security-group-rules.ts';
import { describeSecurityGroups } from './operations/security-group/describe-security-groups.ts';
import { describeSubnets } from './operations/subnet/describe-subnets.ts';
import { describeTags } from './operations/tag/describe-tags.ts';
import { describeVpcAttribute } from './operations/vpc/describe-vpc-attribute.ts';
import { describeVpcEndpointServices } from './operations/vpc-endpoint/describe-vpc-endpoint-services.ts';
import { describeVpcEndpoints } from './operations/vpc-endpoint/describe-vpc-endpoints.ts';
import { describeVpcs } from './operations/vpc/describe-vpcs.ts';
import { describeVpnGateways } from './operations/lookup/describe-vpn-gateways.ts';
import { detachInternetGateway } from './operations/internet-gateway/detach-internet-gateway.ts';
import { disassociateAddress } from './operations/address/disassociate-address.ts';
import { disassociateRouteTable } from './operations/route-table/disassociate-route-table.ts';
import { disassociateVpcCidrBlock } from './operations/vpc/disassociate-vpc-cidr-block.ts';
import { getManagedPrefixListEntries } from './operations/prefix-list/get-managed-prefix-list-entries.ts';
import { importKeyPair } from './operations/key-pair/import-key-pair.ts';
import { modifyLaunchTemplate } from './operations/launch-template/modify-launch-template.ts';
import { modifyNetworkInterfaceAttribute } from './operations/network-interface/modify-network-interface-attribute.ts';
import { modifySecurityGroupRules } from './operations/security-group/modify-security-group-rules.ts';
import { modifySubnetAttribute } from './operations/subnet/modify-subnet-attribute.ts';
import { modifyVpcAttribute } from './operations/vpc/modify-vpc-attribute.ts';
import { modifyVpcEndpoint } from './operations/vpc-endpoint/modify-vpc-endpoint.ts';
import { releaseAddress } from './operations/address/release-address.ts';
import { replaceNetworkAclAssociation } from './operations/network-acl/replace-network-acl-association.ts';
import { replaceNetworkAclEntry } from './operations/network-acl/replace-network-acl-entry.ts';
import { replaceRoute } from './operations/route-table/replace-route.ts';
import { replaceRouteTableAssociation } from './operations/route-table/replace-route-table-association.ts';
import { revokeSecurityGroupEgress } from './operations/security-group/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './operations/security-group/revoke-security-group-ingress.ts';
import { updateSecurityGroupRuleDescriptionsEgress } from './operations/security-group/update-security-group-rule-descriptions-egress.ts';
import { updateSecurityGroupRuleDescriptionsIngress } from './operations/security-group/update-security-group-rule-descriptions-ingress.ts';
import { ec2Access } from './access.ts';
import type * as ec2 from './shapes.generated.ts';
import { ec2Model, type Ec2Operations } from './shapes.generated.ts';
import { ensureDefaultNetwork, hasDefaultNetwork } from './state/network/default-network.ts';

/** A row for each operation of the model that answers at once: all but the one that makes keys. */
const table: OperationTable<Omit<Ec2Operations, 'CreateKeyPair'>, Ec2> = {
  AllocateAddress: allocateAddress,
  AssociateAddress: associateAddress,
  AssociateDhcpOptions: associateDhcpOptions,
  AssociateRouteTable: associateRouteTable,
  AssociateVpcCidrBlock: associateVpcCidrBlock,
  AttachInternetGateway: attachInternetGateway,
  AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
  AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
  CreateDefaultSubnet: createDefaultSubnet,
  CreateDefaultVpc: createDefaultVpc,
  CreateDhcpOptions: createDhcpOptions,
  CreateFlowLogs: createFlowLogs,
  CreateInternetGateway: createInternetGateway,
  CreateLaunchTemplate: createLaunchTemplate,
  CreateLaunchTemplateVersion: createLaunchTemplateVersion,
  CreateNatGateway: createNatGateway,
  CreateNetworkAcl: createNetworkAcl,
  CreateNetworkAclEntry: createNetworkAclEntry,
  CreateNetworkInterface: createNetworkInterface,
  CreateRoute: createRoute,
  CreateRouteTable: createRouteTable,
  CreateSecurityGroup: createSecurityGroup,
  CreateSubnet: createSubnet,
  CreateTags: createTags,
  CreateVpc: createVpc,
  CreateVpcEndpoint: createVpcEndpoint,
  DeleteDhcpOptions: deleteDhcpOptions,
  DeleteFlowLogs: deleteFlowLogs,
  DeleteInternetGateway: deleteInternetGateway,
  DeleteKeyPair: deleteKeyPair,
  DeleteLaunchTemplate: deleteLaunchTemplate,
  DeleteLaunchTemplateVersions: deleteLaunchTemplateVersions,
  DeleteNatGateway: deleteNatGateway,
  DeleteNetworkAcl: deleteNetworkAcl,
  DeleteNetworkAclEntry: deleteNetworkAclEntry,
  DeleteNetworkInterface: deleteNetworkInterface,
  DeleteRoute: deleteRoute,
  DeleteRouteTable: deleteRouteTable,
  DeleteSecurityGroup: deleteSecurityGroup,
  DeleteSubnet: deleteSubnet,
  DeleteTags: deleteTags,
  DeleteVpc: deleteVpc,
  DeleteVpcEndpoints: deleteVpcEndpoints,
  DescribeAccountAttributes: describeAccountAttributes,
  DescribeAddresses: describeAddresses,
  DescribeAddressesAttribute: describeAddressesAttribute,
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeDhcpOptions: describeDhcpOptions,
  DescribeFlowLogs: describeFlowLogs,
  DescribeImages: describeImages,
  DescribeInstanceAttribute: describeInstanceAttribute,
  DescribeInstanceStatus: describeInstanceStatus,
  DescribeInstanceTypeOfferings: describeInstanceTypeOfferings,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeInstances: describeInstances,
  DescribeInternetGateways: describeInternetGateways,
  DescribeKeyPairs: describeKeyPairs,
  DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
  DescribeLaunchTemplates: describeLaunchTemplates,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  DescribeNatGateways: describeNatGateways,
  DescribeNetworkAcls: describeNetworkAcls,
  DescribeNetworkInterfaceAttribute: describeNetworkInterfaceAttribute,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribePrefixLists: describePrefixLists,
  DescribeRegions: describeRegions,
  DescribeRouteTables: describeRouteTables,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeTags: describeTags,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcEndpointServices: describeVpcEndpointServices,
  DescribeVpcEndpoints: describeVpcEndpoints,
  DescribeVpcs: describeVpcs,
  DescribeVpnGateways: describeVpnGateways,
  DetachInternetGateway: detachInternetGateway,
  DisassociateAddress: disassociateAddress,
  DisassociateRouteTable: disassociateRouteTable,
  DisassociateVpcCidrBlock: disassociateVpcCidrBlock,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
  ImportKeyPair: importKeyPair,
  ModifyLaunchTemplate: modifyLaunchTemplate,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  ModifySecurityGroupRules: modifySecurityGroupRules,
  ModifySubnetAttribute: modifySubnetAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
  ModifyVpcEndpoint: modifyVpcEndpoint,
  ReleaseAddress: releaseAddress,
  ReplaceNetworkAclAssociation: replaceNetworkAclAssociation,
  ReplaceNetworkAclEntry: replaceNetworkAclEntry,
  ReplaceRoute: replaceRoute,
  ReplaceRouteTableAssociation: replaceRouteTableAssociation,
  RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
  RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
  UpdateSecurityGroupRuleDescriptionsEgress: updateSecurityGroupRuleDescriptionsEgress,
  UpdateSecurityGroupRuleDescriptionsIngress: updateSecurityGroupRuleDescriptionsIngress,
};

/** User data of 16 KiB is 22 KiB of base64; policies of endpoints have up to 20,480 characters. */
const longTexts = { textLength: 32_768 } as const;

/** The API over `ec2`. */
export function ec2Api(ec2: Ec2): Api {
  const pages = { input: 'NextToken', output: 'NextToken', invalid: invalidToken };
  const immediate = sealedPages(ec2.pageSeal, pages, operationsOf(table, ec2));
  const createKeys: Operation = (input, call) =>
    createKeyPair(ec2, input as unknown as ec2.CreateKeyPairRequest, call);
  return {
    model: ec2Model,
    operations: prepared(ec2, { ...immediate, CreateKeyPair: createKeys }),
    access: ec2Access(ec2),
    limits: {
      CreateLaunchTemplate: longTexts,
      CreateLaunchTemplateVersion: longTexts,
      CreateVpcEndpoint: longTexts,
      ModifyVpcEndpoint: longTexts,
      ImportKeyPair: longTexts,
    },
    invalid: (_operation, message) => {
      const missing = / cannot be null or empty\.$/.exec(message);
      return missing === null
        ? invalidParameterValue(message)
        : missingParameter(message.slice(0, missing.index));
    },
  };
}

/** Each operation finds the caller's default network made; of a dry run, which only asks whether it may, nothing is done. */
function prepared(
  { store, random }: Ec2,
  operations: Readonly<Record<string, Operation>>,
): Record<string, Operation> {
  const prepare =
    (run: Operation): Operation =>
    (input, call) => {
      if (input['DryRun'] === true) throw dryRun();
      if (!store.view((tx) => hasDefaultNetwork(tx, call)))
        store.update((tx) => void ensureDefaultNetwork(tx, random, call));
      return run(input, call);
    };
  return Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, prepare(run)]));
}
