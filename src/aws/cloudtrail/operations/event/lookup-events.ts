// LookupEvents: the calls on record of the account in the region, newest first.
import { afterToken, InvalidToken, pageOf } from '../../../shared/page.ts';
import type { CloudTrailOperation } from '../../cloudtrail.ts';
import { invalidLookupAttributes, invalidMaxResults, invalidTimeRange } from '../../errors.ts';
import { presentEvent } from '../../present/event.ts';
import { resourcesOf } from '../../record/resources.ts';
import type { LookupAttribute, LookupEventsRequest } from '../../shapes.generated.ts';
import type { Lookup, Place } from '../../state/events/lookup-events.ts';

/** "The default is 50", and so the maximum: LookupEvents. */
const maxResults = 50;
/** "Maximum length of 2000": LookupAttribute. */
const maxValueLength = 2000;

export const lookupEvents: CloudTrailOperation<'LookupEvents'> = async (cloudTrail, input, call) => {
  const lookup = lookupOf(input);
  // A token holds for the same question only.
  const question = JSON.stringify([input.LookupAttributes, input.StartTime, input.EndTime]);
  const before = placeOf(afterToken(question, input.NextToken));
  // There are no trails, so that nothing is found out about the rates of calls.
  if (input.EventCategory !== undefined) return { Events: [], NextToken: undefined };
  await cloudTrail.flush();
  const { accountId, region } = call;
  const size = input.MaxResults ?? maxResults;
  const found = await cloudTrail.database.read('lookupEvents', {
    accountId,
    region,
    ...lookup,
    before,
    limit: size + 1,
  });
  const page = pageOf(question, found, size, ({ time, seq }) => `${time} ${seq}`, presentEvent);
  return { Events: page.items, NextToken: page.nextToken };
};

function lookupOf(input: LookupEventsRequest): Pick<Lookup, 'attribute' | 'from' | 'until'> {
  const { StartTime: from = 0, EndTime: until = Number.MAX_SAFE_INTEGER, MaxResults = maxResults } = input;
  if (MaxResults < 1 || MaxResults > maxResults) throw invalidMaxResults();
  if (from > until) throw invalidTimeRange();
  return { attribute: attributeOf(input.LookupAttributes ?? []), from, until };
}

function attributeOf(attributes: readonly LookupAttribute[]): Lookup['attribute'] {
  const [one, ...others] = attributes;
  if (others.length > 0) throw invalidLookupAttributes('Only one lookup attribute can be given.');
  if (one === undefined) return undefined;
  const { AttributeKey: key, AttributeValue: value } = one;
  if (value.length < 1 || value.length > maxValueLength)
    throw invalidLookupAttributes(`The value of ${key} must have 1 to ${maxValueLength} characters.`);
  if (key !== 'ResourceName' || !value.startsWith('arn:')) return { key, value };
  // Events are found by the name in it.
  return { key, value: resourcesOf([value])[0]?.name ?? value, arn: value };
}

function placeOf(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined;
  const [time, seq] = text.split(' ').map(Number) as [number, number];
  if (!Number.isSafeInteger(time) || !Number.isSafeInteger(seq)) throw new InvalidToken();
  return { time, seq };
}
