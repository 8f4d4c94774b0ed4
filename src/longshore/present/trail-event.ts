import type { StoredEvent } from '../../aws/cloudtrail/state/events/trail-event.ts';
import type { Presented } from '../../aws/shared/presented.ts';
import type { ShownTrailEvent } from '../contract.ts';

export const presentTrailEvent = (event: StoredEvent): Presented<ShownTrailEvent> => ({
  eventId: event.id,
  eventTime: event.time,
  eventSource: event.source,
  eventName: event.name,
  region: event.region,
  userName: event.user ?? undefined,
  accessKeyId: event.accessKey ?? undefined,
  denied: event.denied,
  errorCode: event.error ?? undefined,
  resources: event.resources.map(({ name }) => name).filter((name) => !name.startsWith('arn:')),
  record: event.record,
});
