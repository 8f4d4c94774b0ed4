// GetLogRecord: all fields of the event that a pointer of a query's results leads to.
import { invalidParameter, recordNotFound } from '../../errors.ts';
import type { LogsOperation } from '../../logs.ts';
import { logGroups } from '../../state/group/log-groups.ts';
import { Row } from '../../state/insights/row.ts';
import { toText } from '../../state/insights/value.ts';
import { parsePointer } from '../../state/query/pointer.ts';

export const getLogRecord: LogsOperation<'GetLogRecord'> = async ({ store, database }, input, call) => {
  if (input.unmask === true) throw invalidParameter('unmask is not served: no log group masks data.');
  const pointer = parsePointer(input.logRecordPointer);
  if (pointer === undefined) throw invalidParameter('The specified log record pointer is invalid.');
  const group = store.view((tx) =>
    Iterator.from(tx.table(logGroups).by('scope', call)).find(({ uid }) => uid === pointer.uid),
  );
  const record = group && (await database.read('getRecord', pointer));
  if (record === undefined) throw recordNotFound();
  const row = new Row({
    timestamp: record.time,
    ingestionTime: record.ingested,
    message: record.message,
    logStream: record.stream,
    log: `${group!.accountId}:${group!.name}`,
    ptr: input.logRecordPointer,
  });
  const fields = [...row.fields(), '@ptr'].map((name) => [name, toText(row.get(name))] as const);
  return {
    logRecord: Object.fromEntries(
      fields.filter((field): field is [string, string] => field[1] !== undefined),
    ),
  };
};
