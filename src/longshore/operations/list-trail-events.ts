// ListTrailEvents: the calls on record of the account in all regions, by several conditions at once, or those that have come since.
import { invalidParameter } from '../errors.ts';
import type { WaitingLongshoreOperation } from '../longshore.ts';
import { presentTrailEvent } from '../present/trail-event.ts';

const maxResults = 1000;
const defaultResults = 50;

export const listTrailEvents: WaitingLongshoreOperation<'ListTrailEvents'> = async (
  { trail },
  input,
  call,
) => {
  const limit = input.maxResults ?? defaultResults;
  if (limit < 1 || limit > maxResults) throw invalidParameter(`maxResults must be from 1 to ${maxResults}.`);
  const { events, last, more } = await trail.list({
    accountId: call.accountId,
    user: input.userName,
    name: input.eventName,
    source: input.eventSource,
    denied: input.denied,
    from: input.startTime ?? 0,
    after: placeOf(input.after),
    limit,
  });
  return { events: events.map(presentTrailEvent), last: String(last), more };
};

function placeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalidParameter('after must be what an earlier answer has as last.');
  return Number(text);
}
