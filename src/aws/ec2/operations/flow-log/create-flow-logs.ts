// CreateFlowLogs: one for each resource, on record: nothing is written by it yet. Resources that are not there are told of.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { flowLogs, type FlowLog } from '../../state/flow-log/flow-log.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { flowLogExists, invalidParameterValue, missingParameter, unsupported } from '../../errors.ts';
import { madeBy } from '../idempotency.ts';
import { networkInterfaceOf, subnetOf, vpcOf } from '../resolve.ts';
import { newTags } from '../tags.ts';
import { unsuccessful } from '../unsuccessful.ts';
import { idempotentMismatch } from '../../errors.ts';

export const createFlowLogs: Ec2Operation<'CreateFlowLogs'> = (ec2, input, call) => {
  const settings = settingsOf(input);
  const tags = newTags(input.TagSpecifications, 'vpc-flow-log');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const { clientToken } = made;
    const earlier =
      clientToken === undefined ? [] : [...tx.table(flowLogs).by('clientToken', { ...call, clientToken })];
    if (earlier.some(({ requestHash }) => requestHash !== made.requestHash)) throw idempotentMismatch();
    if (earlier.length > 0) return { FlowLogIds: earlier.map(({ id }) => id), ClientToken: clientToken };
    const ids: string[] = [];
    const refused = unsuccessful(input.ResourceIds, (resource) => {
      const resourceId = resourceOf(tx, call, input.ResourceType, resource);
      const wanted = { ...settings, resourceId };
      if ([...tx.table(flowLogs).by('resource', { resourceId })].some((one) => isSame(one, wanted)))
        throw flowLogExists();
      const id = newId(ec2.random, 'fl');
      tx.table(flowLogs).put({ ...scopeOf(call), ...made, ...wanted, id, createdAt: call.now, tags });
      ids.push(id);
    });
    return { FlowLogIds: ids, Unsuccessful: refused, ClientToken: input.ClientToken };
  });
};

type Settings = Omit<
  FlowLog,
  'version' | 'id' | 'accountId' | 'region' | 'tags' | 'resourceId' | 'createdAt'
>;

const isSame = (one: FlowLog, other: Settings): boolean =>
  one.destinationType === other.destinationType &&
  one.destination === other.destination &&
  one.logGroupName === other.logGroupName;

const defaultFormat =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

function settingsOf(input: ec2.CreateFlowLogsRequest): Settings {
  const { LogDestinationType: destinationType = 'cloud-watch-logs', TrafficType: trafficType } = input;
  if (trafficType === undefined) throw missingParameter('trafficType');
  if (input.DeliverCrossAccountRole !== undefined) throw unsupported('flow logs of other accounts');
  if (input.TagFieldSpecifications !== undefined) throw unsupported('tags in flow logs');
  checkDestination(input, destinationType);
  const { MaxAggregationInterval: interval = 600, DestinationOptions: options } = input;
  if (interval !== 60 && interval !== 600)
    throw invalidParameterValue(
      `Value (${interval}) for parameter maxAggregationInterval is invalid. It is 60 or 600.`,
    );
  return {
    trafficType,
    destinationType,
    destination: input.LogDestination,
    logGroupName: input.LogGroupName,
    deliverLogsPermissionArn: input.DeliverLogsPermissionArn,
    logFormat: input.LogFormat ?? defaultFormat,
    maxAggregationInterval: interval,
    destinationOptions: options && {
      fileFormat: options.FileFormat ?? 'plain-text',
      hiveCompatiblePartitions: options.HiveCompatiblePartitions ?? false,
      perHourPartition: options.PerHourPartition ?? false,
    },
  };
}

function checkDestination(input: ec2.CreateFlowLogsRequest, type: ec2.LogDestinationType): void {
  if (type !== 'cloud-watch-logs') {
    if (input.LogDestination === undefined) throw missingParameter('logDestination');
    return;
  }
  if (input.LogGroupName === undefined && input.LogDestination === undefined)
    throw missingParameter('logGroupName');
  if (input.LogGroupName !== undefined && input.LogDestination !== undefined)
    throw invalidParameterValue('Please only provide LogGroupName or only provide LogDestination.');
  if (input.DeliverLogsPermissionArn === undefined)
    throw invalidParameterValue(
      "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    );
}

function resourceOf(tx: ReadTransaction, scope: Scope, type: ec2.FlowLogsResourceType, id: string): string {
  switch (type) {
    case 'VPC':
      return vpcOf(tx, scope, id).id;
    case 'Subnet':
      return subnetOf(tx, scope, id).id;
    case 'NetworkInterface':
      return networkInterfaceOf(tx, scope, id).id;
    case 'TransitGateway':
    case 'TransitGatewayAttachment':
    case 'RegionalNatGateway':
      throw unsupported(`flow logs of resources of type ${type}`);
  }
}
