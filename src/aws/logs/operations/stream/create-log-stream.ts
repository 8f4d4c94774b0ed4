import { streamExists } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import { checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';

export const createLogStream: LogsOperation<'CreateLogStream'> = async ({ store, database }, input, call) => {
  checkName(input.logStreamName);
  const { uid } = store.view((tx) => groupNamed(tx, call, input.logGroupName));
  const isNew = await database.write('createStream', { uid, name: input.logStreamName, now: call.now });
  if (!isNew) throw streamExists();
  return {};
};
