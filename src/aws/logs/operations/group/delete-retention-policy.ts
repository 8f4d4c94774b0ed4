import type { LogsOperation } from '../../logs.ts';
import { changeGroup } from './change-group.ts';

export const deleteRetentionPolicy: LogsOperation<'DeleteRetentionPolicy'> = (logs, input, call) =>
  changeGroup(logs, call, input.logGroupName, () => ({ retentionInDays: undefined }));
