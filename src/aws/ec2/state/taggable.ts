// What may have tags: each kind of resource with its table and its name in tags, by what its ids begin with.
import { addresses } from './address/address.ts';
import { dhcpOptions } from './dhcp-options/dhcp-options.ts';
import { flowLogs } from './flow-log/flow-log.ts';
import { internetGateways } from './internet-gateway/internet-gateway.ts';
import { keyPairs } from './key-pair/key-pair.ts';
import { launchTemplates } from './launch-template/launch-template.ts';
import { natGateways } from './nat-gateway/nat-gateway.ts';
import { networkAcls } from './network-acl/network-acl.ts';
import { networkInterfaces } from './network-interface/network-interface.ts';
import { routeTables } from './route-table/route-table.ts';
import { securityGroups } from './security-group/security-group.ts';
import { securityGroupRules } from './security-group/security-group-rule.ts';
import { subnets } from './subnet/subnet.ts';
import { vpcEndpoints } from './vpc-endpoint/vpc-endpoint.ts';
import { vpcs } from './vpc/vpc.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Tag } from '../../shared/tag.ts';
import type { Resource } from './resource.ts';

export interface TaggableKind {
  /** E.g. `subnet`. */
  readonly prefix: string;
  /** As in the type of a tag and in an ARN, e.g. `natgateway` and `elastic-ip`. */
  readonly type: TaggableType;
  get(tx: ReadTransaction, id: string): Resource | undefined;
  all(tx: ReadTransaction, scope: Scope): Iterable<Resource>;
  /** Writes the tags of a resource that there is. */
  putTags(tx: WriteTransaction, id: string, tags: readonly Tag[]): void;
}

export type TaggableType =
  | 'dhcp-options'
  | 'elastic-ip'
  | 'internet-gateway'
  | 'key-pair'
  | 'launch-template'
  | 'natgateway'
  | 'network-acl'
  | 'network-interface'
  | 'route-table'
  | 'security-group'
  | 'security-group-rule'
  | 'subnet'
  | 'vpc'
  | 'vpc-endpoint'
  | 'vpc-flow-log';

type TaggableTable =
  | typeof addresses
  | typeof dhcpOptions
  | typeof flowLogs
  | typeof internetGateways
  | typeof keyPairs
  | typeof launchTemplates
  | typeof natGateways
  | typeof networkAcls
  | typeof networkInterfaces
  | typeof routeTables
  | typeof securityGroups
  | typeof securityGroupRules
  | typeof subnets
  | typeof vpcEndpoints
  | typeof vpcs;

/** All tables have rows with tags, an id as their key, and the index `scope`; the compiler cannot see that of all at once. */
function kind(prefix: string, type: TaggableType, table: TaggableTable): TaggableKind {
  const one = table as typeof vpcs;
  return {
    prefix,
    type,
    get: (tx, id) => tx.table(one).get(id),
    all: (tx, scope) => tx.table(one).by('scope', scope),
    putTags: (tx, id, tags) => {
      tx.table(one).put({ ...tx.table(one).get(id)!, tags });
    },
  };
}

export const taggableKinds: readonly TaggableKind[] = [
  kind('acl', 'network-acl', networkAcls),
  kind('dopt', 'dhcp-options', dhcpOptions),
  kind('eipalloc', 'elastic-ip', addresses),
  kind('eni', 'network-interface', networkInterfaces),
  kind('fl', 'vpc-flow-log', flowLogs),
  kind('igw', 'internet-gateway', internetGateways),
  kind('key', 'key-pair', keyPairs),
  kind('lt', 'launch-template', launchTemplates),
  kind('nat', 'natgateway', natGateways),
  kind('rtb', 'route-table', routeTables),
  kind('sg', 'security-group', securityGroups),
  kind('sgr', 'security-group-rule', securityGroupRules),
  kind('subnet', 'subnet', subnets),
  kind('vpc', 'vpc', vpcs),
  kind('vpce', 'vpc-endpoint', vpcEndpoints),
];

/** The kind of a resource, by its id; undefined of what has no tags here. */
export const taggableKindOf = (id: string): TaggableKind | undefined =>
  taggableKinds.find(({ prefix }) => id.slice(0, id.lastIndexOf('-')) === prefix);
