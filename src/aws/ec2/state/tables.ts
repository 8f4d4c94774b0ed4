import { addresses } from './address/address.ts';
import { dhcpOptions } from './dhcp-options/dhcp-options.ts';
import { flowLogs } from './flow-log/flow-log.ts';
import { internetGateways } from './internet-gateway/internet-gateway.ts';
import { keyPairs } from './key-pair/key-pair.ts';
import { launchTemplates, launchTemplateVersions } from './launch-template/launch-template.ts';
import { natGateways } from './nat-gateway/nat-gateway.ts';
import { defaultNetworks } from './network/default-network.ts';
import { networkAcls } from './network-acl/network-acl.ts';
import { networkInterfaces } from './network-interface/network-interface.ts';
import { routeTables } from './route-table/route-table.ts';
import { securityGroups } from './security-group/security-group.ts';
import { securityGroupRules } from './security-group/security-group-rule.ts';
import { subnets } from './subnet/subnet.ts';
import { vpcEndpoints } from './vpc-endpoint/vpc-endpoint.ts';
import { vpcs } from './vpc/vpc.ts';

export const ec2Tables = [
  defaultNetworks,
  vpcs,
  subnets,
  routeTables,
  internetGateways,
  natGateways,
  addresses,
  securityGroups,
  securityGroupRules,
  networkAcls,
  networkInterfaces,
  dhcpOptions,
  vpcEndpoints,
  flowLogs,
  keyPairs,
  launchTemplates,
  launchTemplateVersions,
] as const;
