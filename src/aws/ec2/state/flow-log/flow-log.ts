// A flow log, on record: nothing is written by it yet.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export interface FlowLog extends Resource, MadeByToken {
  /** Of a VPC, a subnet or a network interface. */
  readonly resourceId: string;
  readonly trafficType: 'ACCEPT' | 'REJECT' | 'ALL';
  readonly destinationType: 'cloud-watch-logs' | 's3' | 'kinesis-data-firehose';
  readonly destination?: string | undefined;
  readonly logGroupName?: string | undefined;
  readonly deliverLogsPermissionArn?: string | undefined;
  readonly logFormat: string;
  /** Seconds. */
  readonly maxAggregationInterval: 60 | 600;
  readonly destinationOptions?:
    | {
        readonly fileFormat: 'plain-text' | 'parquet';
        readonly hiveCompatiblePartitions: boolean;
        readonly perHourPartition: boolean;
      }
    | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
}

const on = indexOn<FlowLog>();

export const flowLogs = defineTable<FlowLog>()({
  name: 'ec2-flow-logs',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    resource: on('resourceId'),
    clientToken: on('accountId', 'region', 'clientToken'),
  },
  tallies: {},
});
