// The event that stands for events that are missing.
import type { Scope } from '../../shared/scope.ts';
import type { TrailEvent } from '../state/events/trail-event.ts';
import { instantText } from './user-identity.ts';

/** Events that were not kept: how many, and between which instants, in epoch ms. */
export interface Gap {
  readonly count: number;
  readonly from: number;
  readonly until: number;
}

/** `LostEvents` of Longshore itself: nobody called it. */
export function gapEvent(
  id: string,
  { count, from, until }: Gap,
  { accountId, region }: Scope,
  now: number,
): TrailEvent {
  const time = Math.floor(now / 1000);
  const message = `${count} calls from ${instantText(from)} to ${instantText(until)} could not be put on record.`;
  const record = {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSService', invokedBy: 'longshore' },
    eventTime: instantText(time * 1000),
    eventSource: 'longshore',
    eventName: 'LostEvents',
    awsRegion: region,
    sourceIPAddress: 'longshore',
    userAgent: 'longshore',
    errorCode: 'LostEvents',
    errorMessage: message,
    requestParameters: null,
    responseElements: null,
    serviceEventDetails: { count, from: instantText(from), until: instantText(until) },
    eventID: id,
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
  };
  return {
    id,
    accountId,
    region,
    time,
    source: 'longshore',
    name: 'LostEvents',
    user: null,
    accessKey: null,
    readOnly: false,
    denied: false,
    error: 'LostEvents',
    resources: [],
    record: JSON.stringify(record),
  };
}
