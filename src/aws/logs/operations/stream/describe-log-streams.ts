// DescribeLogStreams: those of a group by name, or by the time of their last event.
import { InvalidToken } from '../../../shared/page.ts';
import { invalidParameter } from '../../errors.ts';
import { groupReferred } from '../../find-group.ts';
import { checkedLimit, checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { presentLogStream } from '../../present/log-stream.ts';

const maxPage = 50;

export const describeLogStreams: LogsOperation<'DescribeLogStreams'> = async (
  { store, database },
  input,
  call,
) => {
  const { orderBy = 'LogStreamName', descending = false, logStreamNamePrefix: prefix } = input;
  if (prefix !== undefined) checkName(prefix, 'logStreamNamePrefix');
  if (prefix !== undefined && orderBy === 'LastEventTime')
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  const limit = checkedLimit(input.limit, maxPage);
  const group = groupReferred(store, call, input);
  const after = readToken(input.nextToken);
  const list = { uid: group.uid, prefix: prefix ?? '', orderBy, descending, after, limit };
  const streams = await database.read('listStreams', list);
  const shown = streams.slice(0, limit);
  const last = streams.length > limit ? shown.at(-1)! : undefined;
  return {
    logStreams: shown.map((stream) => presentLogStream(group.arn, stream)),
    nextToken: last && JSON.stringify([last.lastEvent, last.name]),
  };
};

function readToken(token: string | undefined): readonly [number, string] | undefined {
  if (token === undefined) return undefined;
  try {
    return JSON.parse(token) as readonly [number, string];
  } catch {
    throw new InvalidToken();
  }
}
