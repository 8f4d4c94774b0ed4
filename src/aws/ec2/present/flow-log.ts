import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { FlowLog } from '../state/flow-log/flow-log.ts';
import { presentTags } from './tags.ts';

export const presentFlowLog = (row: FlowLog): Presented<ec2.FlowLog> => ({
  FlowLogId: row.id,
  FlowLogStatus: 'ACTIVE',
  ResourceId: row.resourceId,
  TrafficType: row.trafficType,
  LogDestinationType: row.destinationType,
  LogDestination: row.destination,
  LogGroupName: row.logGroupName,
  LogFormat: row.logFormat,
  MaxAggregationInterval: row.maxAggregationInterval,
  DestinationOptions: row.destinationOptions && {
    FileFormat: row.destinationOptions.fileFormat,
    HiveCompatiblePartitions: row.destinationOptions.hiveCompatiblePartitions,
    PerHourPartition: row.destinationOptions.perHourPartition,
  },
  DeliverLogsPermissionArn: row.deliverLogsPermissionArn,
  DeliverLogsStatus: 'SUCCESS',
  DeliverLogsErrorMessage: undefined,
  DeliverCrossAccountRole: undefined,
  TagFieldSpecifications: undefined,
  CreationTime: row.createdAt / 1000,
  Tags: presentTags(row.tags),
});
