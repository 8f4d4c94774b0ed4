// GetLogEvents: the events of a stream, a page at a time, forward and backward. At an end, its token comes back as it was.
import { invalidParameter, invalidToken, streamNotFound } from '../../errors.ts';
import { groupReferred } from '../../find-group.ts';
import { checkedLimit, checkName, checkTime } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import type { GetLogEventsRequest } from '../../shapes.generated.ts';
import { parsePosition, positionText, type Position } from '../../state/events/position.ts';
import type { EventRange, StoredEvent } from '../../state/events/read-events.ts';

const maxPage = 10_000;

interface Token {
  readonly direction: 'f' | 'b';
  readonly position: Position;
}

export const getLogEvents: LogsOperation<'GetLogEvents'> = async ({ store, database }, input, call) => {
  checkName(input.logStreamName);
  checkTime(input.startTime, 'startTime');
  checkTime(input.endTime, 'endTime');
  if (input.unmask === true) throw invalidParameter('unmask is not served: no log group masks data.');
  const limit = checkedLimit(input.limit, maxPage);
  const group = groupReferred(store, call, input);
  const token = readToken(input.nextToken);
  const range = rangeOf(input, token);
  const get = { ...range, uid: group.uid, stream: input.logStreamName, limit };
  const found = await database.read('getEvents', get);
  if (found === undefined) throw streamNotFound();
  const events = range.descending ? found.toReversed() : found;
  return { events: events.map(presentEvent), ...tokensOf(events, token, range) };
};

function readToken(text: string | undefined): Token | undefined {
  if (text === undefined) return undefined;
  const [, direction, digits] = /^([fb])\/(\d{56})$/.exec(text) ?? [];
  const position = digits === undefined ? undefined : parsePosition(digits);
  if (position === undefined) throw invalidToken();
  return { direction: direction as Token['direction'], position };
}

function rangeOf(input: GetLogEventsRequest, token: Token | undefined): EventRange {
  const descending = token === undefined ? input.startFromHead !== true : token.direction === 'b';
  // The end is not in it, unlike the start: API_GetLogEvents.
  const to = input.endTime === undefined ? Number.MAX_SAFE_INTEGER : input.endTime - 1;
  return { from: input.startTime ?? 0, to, descending, after: token?.position };
}

/** A page without events repeats its token, and has the way back from the same place. */
function tokensOf(
  events: readonly StoredEvent[],
  token: Token | undefined,
  { from }: EventRange,
): { readonly nextForwardToken: string; readonly nextBackwardToken: string } {
  const start = token?.position ?? { time: from, seq: 0 };
  return {
    nextForwardToken: `f/${positionText(events.at(-1) ?? start)}`,
    nextBackwardToken: `b/${positionText(events[0] ?? start)}`,
  };
}

const presentEvent = ({ time, message, ingested }: StoredEvent) => ({
  timestamp: time,
  message,
  ingestionTime: ingested,
});
