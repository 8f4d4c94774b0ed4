import { flowLogs } from '../../state/flow-log/flow-log.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { flowLogNotFound } from '../../errors.ts';
import { isIn } from '../resolve.ts';
import { unsuccessful } from '../unsuccessful.ts';

/** DeleteFlowLogs: those that are not there are told of. */
export const deleteFlowLogs: Ec2Operation<'DeleteFlowLogs'> = (ec2, input, call) =>
  ec2.store.update((tx) => ({
    Unsuccessful: unsuccessful(input.FlowLogIds, (id) => {
      const row = tx.table(flowLogs).get(id);
      if (row === undefined || !isIn(call, row)) throw flowLogNotFound([id]);
      tx.table(flowLogs).delete(id);
    }),
  }));
