import { brokenConstraint } from '../../errors.ts';
import type { LogsOperation } from '../../logs.ts';
import { retentionDays } from '../../state/group/log-group.ts';
import { changeGroup } from './change-group.ts';

export const putRetentionPolicy: LogsOperation<'PutRetentionPolicy'> = (logs, input, call) => {
  const { retentionInDays } = input;
  if (!retentionDays.includes(retentionInDays))
    throw brokenConstraint(
      'retentionInDays',
      retentionInDays,
      `satisfy enum value set: [${retentionDays.join(', ')}]`,
    );
  return changeGroup(logs, call, input.logGroupName, () => ({ retentionInDays }));
};
