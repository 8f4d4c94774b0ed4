import { streamNotFound } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import { checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';

export const deleteLogStream: LogsOperation<'DeleteLogStream'> = async ({ store, database }, input, call) => {
  checkName(input.logStreamName);
  const { uid } = store.view((tx) => groupNamed(tx, call, input.logGroupName));
  if (!(await database.write('deleteStream', { uid, name: input.logStreamName }))) throw streamNotFound();
  return {};
};
