// PutLogEvents: a batch of events for a stream; on disk when it is answered.
import { brokenConstraint, invalidParameter, streamNotFound } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import { checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { sequenceToken } from '../../present/sequence-token.ts';
import type { InputLogEvent, RejectedLogEventsInfo } from '../../shapes.generated.ts';
import { eventOverhead } from '../../state/events/schema.ts';
import { keptSince } from '../../state/group/log-group.ts';

// The constraints of a batch: API_PutLogEvents.
const maxEvents = 10_000;
export const maxBatchBytes = 1_048_576;
const maxSpan = 24 * 3_600_000;
const maxAge = 14 * 24 * 3_600_000;
const maxAhead = 2 * 3_600_000;

export const putLogEvents: LogsOperation<'PutLogEvents'> = async (
  { store, database, liveTails },
  input,
  call,
) => {
  checkName(input.logStreamName);
  const events = input.logEvents;
  const bytes = checkedBytes(events);
  const group = store.view((tx) => groupNamed(tx, call, input.logGroupName));
  const rejected = rejectedOf(events, call.now, keptSince(group, call.now));
  const taken = rejected === undefined ? events : events.slice(...acceptedRange(events, rejected));
  const takenBytes = taken === events ? bytes : messageBytes(taken);
  const next = await database.write('putEvents', {
    uid: group.uid,
    stream: input.logStreamName,
    now: call.now,
    times: Float64Array.from(taken, ({ timestamp }) => timestamp),
    messages: taken.map(({ message }) => message),
    bytes: takenBytes,
  });
  if (next === undefined) throw streamNotFound();
  liveTails.publish({ uid: group.uid, stream: input.logStreamName, ingested: call.now, events: taken });
  return { nextSequenceToken: sequenceToken(next), rejectedLogEventsInfo: rejected };
};

/** The bytes of all messages; throws InvalidParameterException for what is no batch. */
function checkedBytes(events: readonly InputLogEvent[]): number {
  if (events.length < 1) throw brokenConstraint('logEvents', '[]', 'have length greater than or equal to 1');
  if (events.length > maxEvents)
    throw brokenConstraint(
      'logEvents',
      `${events.length} events`,
      `have length less than or equal to ${maxEvents}`,
    );
  let last = 0;
  for (const [place, { timestamp, message }] of events.entries()) {
    const member = `logEvents.${place + 1}.member`;
    if (message === '')
      throw brokenConstraint(`${member}.message`, '', 'have length greater than or equal to 1');
    if (timestamp < 0)
      throw brokenConstraint(`${member}.timestamp`, timestamp, 'have value greater than or equal to 0');
    if (timestamp < last)
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    last = timestamp;
  }
  if (last - events[0]!.timestamp > maxSpan)
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  const bytes = messageBytes(events);
  const size = bytes + events.length * eventOverhead;
  if (size > maxBatchBytes)
    throw invalidParameter(`Upload too large: ${size} bytes exceeds limit of ${maxBatchBytes}`);
  return bytes;
}

const messageBytes = (events: readonly InputLogEvent[]): number =>
  events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);

/** Which events are not taken: the ends are those of the first that are too old, the start that of the last that are too new. */
function rejectedOf(
  events: readonly InputLogEvent[],
  now: number,
  keptFrom: number | undefined,
): RejectedLogEventsInfo | undefined {
  const countBefore = (time: number): number => {
    const place = events.findIndex(({ timestamp }) => timestamp >= time);
    return place === -1 ? events.length : place;
  };
  const old = countBefore(now - maxAge);
  const expired = keptFrom === undefined ? 0 : countBefore(keptFrom);
  const tooNew = countBefore(now + maxAhead + 1);
  if (old === 0 && expired === 0 && tooNew === events.length) return undefined;
  return {
    tooNewLogEventStartIndex: tooNew === events.length ? undefined : tooNew,
    tooOldLogEventEndIndex: old === 0 ? undefined : old,
    expiredLogEventEndIndex: expired === 0 ? undefined : expired,
  };
}

function acceptedRange(events: readonly InputLogEvent[], rejected: RejectedLogEventsInfo): [number, number] {
  const { tooOldLogEventEndIndex: old = 0, expiredLogEventEndIndex: expired = 0 } = rejected;
  return [Math.max(old, expired), rejected.tooNewLogEventStartIndex ?? events.length];
}
