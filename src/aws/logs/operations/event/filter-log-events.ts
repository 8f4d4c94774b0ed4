// FilterLogEvents: the events of a group that match a pattern. A page may be empty and have a token: it has looked at so many.
import { InvalidToken } from '../../../shared/page.ts';
import { invalidParameter, streamNotFound } from '../../errors.ts';
import { groupReferred } from '../../find-group.ts';
import { checkedLimit, checkedPattern, checkName, checkTime } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import type { FilterLogEventsRequest } from '../../shapes.generated.ts';
import { parsePosition, positionText, type Position } from '../../state/events/position.ts';

const maxPage = 10_000;
const maxStreams = 100;
/** The earliest start from which the latest events may come first: API_FilterLogEvents. */
const firstDescending = Date.UTC(2024, 0, 1);

export const filterLogEvents: LogsOperation<'FilterLogEvents'> = async ({ store, database }, input, call) => {
  checkInput(input);
  const limit = checkedLimit(input.limit, maxPage);
  const { filterPattern: pattern = '', startTime: from = 0, endTime: to = Number.MAX_SAFE_INTEGER } = input;
  checkedPattern(pattern);
  const { uid } = groupReferred(store, call, input);
  const { descending, after } = readToken(input);
  const { logStreamNames: streams, logStreamNamePrefix: prefix } = input;
  const filter = { uid, streams, prefix, from, to, descending, after, pattern, limit };
  const { events, next, missing } = await database.read('filterEvents', filter);
  if (missing.length > 0) throw streamNotFound();
  return {
    events: events.map((event) => ({
      logStreamName: event.stream,
      timestamp: event.time,
      message: event.message,
      ingestionTime: event.ingested,
      eventId: positionText(event),
    })),
    // "This field is always empty": API_FilterLogEvents.
    searchedLogStreams: [],
    nextToken: next && `${descending ? 'b' : 'f'}/${positionText(next)}`,
  };
};

function checkInput(input: FilterLogEventsRequest): void {
  const { logStreamNames: names, logStreamNamePrefix: prefix, startTime, endTime } = input;
  if (names !== undefined && prefix !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  if (names !== undefined && (names.length === 0 || names.length > maxStreams))
    throw invalidParameter(`logStreamNames should have 1 to ${maxStreams} names.`);
  for (const name of names ?? []) checkName(name, 'logStreamNames');
  if (prefix !== undefined) checkName(prefix, 'logStreamNamePrefix');
  checkTime(startTime, 'startTime');
  checkTime(endTime, 'endTime');
  if (input.unmask === true) throw invalidParameter('unmask is not served: no log group masks data.');
  if (input.startFromHead === false && (startTime ?? 0) < firstDescending)
    throw invalidParameter(
      'startFromHead can be false only with a startTime on or after 2024-01-01T00:00:00Z.',
    );
}

/** A token goes on in its own direction, whatever else is asked for. */
function readToken(input: FilterLogEventsRequest): {
  readonly descending: boolean;
  readonly after?: Position;
} {
  const { nextToken: token } = input;
  if (token === undefined) return { descending: input.startFromHead === false };
  const after = parsePosition(token.slice(2));
  if (after === undefined) throw new InvalidToken();
  return { descending: token.startsWith('b'), after };
}
