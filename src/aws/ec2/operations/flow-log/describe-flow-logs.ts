import { flowLogs, type FlowLog } from '../../state/flow-log/flow-log.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentFlowLog } from '../../present/flow-log.ts';
import { flowLogNotFound } from '../../errors.ts';
import { describe, type Filters } from '../describe.ts';
import { isIn } from '../resolve.ts';

const filters: Filters<FlowLog> = {
  'deliver-log-status': () => 'SUCCESS',
  'flow-log-id': ({ id }) => id,
  'log-destination-type': ({ destinationType }) => destinationType,
  'log-group-name': ({ logGroupName }) => logGroupName,
  'resource-id': ({ resourceId }) => resourceId,
  'traffic-type': ({ trafficType }) => trafficType,
};

/** DescribeFlowLogs: by id, by filters, page by page. */
export const describeFlowLogs: Ec2Operation<'DescribeFlowLogs'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const named = (input.FlowLogIds ?? []).map((id) => ({ id, row: tx.table(flowLogs).get(id) }));
    const missing = named.filter(({ row }) => row === undefined || !isIn(call, row));
    if (missing.length > 0) throw flowLogNotFound(missing.map(({ id }) => id));
    const page = describe(
      {
        list: 'flow-logs',
        rows: (after) => tx.table(flowLogs).by('scope', call, after),
        named: named.map(({ row }) => row!),
        filters,
        filterInput: input.Filter,
        sizes: [1, 1000],
      },
      input,
      presentFlowLog,
    );
    return { FlowLogs: page.items, NextToken: page.nextToken };
  });
