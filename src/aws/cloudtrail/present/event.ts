import type { Presented } from '../../shared/presented.ts';
import type { Event } from '../shapes.generated.ts';
import type { StoredEvent } from '../state/events/trail-event.ts';

/** An event as LookupEvents shows it. */
export const presentEvent = (event: StoredEvent): Presented<Event> => ({
  EventId: event.id,
  EventName: event.name,
  ReadOnly: String(event.readOnly),
  AccessKeyId: event.accessKey ?? undefined,
  EventTime: event.time,
  EventSource: event.source,
  Username: event.user ?? undefined,
  Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
  CloudTrailEvent: event.record,
});
