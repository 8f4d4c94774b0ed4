// The calls on record, as `longshore trail` reads them: of all regions, by several conditions at once, and as they come.
import { list, structure } from './structure.ts';

export const trailShapes = {
  ListTrailEventsInput: structure({
    userName: 'String?',
    /** E.g. `RunTask`. */
    eventName: 'String?',
    /** E.g. `ecs.amazonaws.com`. */
    eventSource: 'String?',
    /** Only calls that were denied. */
    denied: 'Boolean?',
    /** Only later ones. */
    startTime: 'Timestamp?',
    /** `last` of an earlier answer: only what was put on record after it. Default the newest. */
    after: 'String?',
    /** 1 to 1000, default 50. */
    maxResults: 'Integer?',
  }),
  ListTrailEventsOutput: structure({
    /** The oldest first. */
    events: 'ShownTrailEvents',
    last: 'String',
    /** Whether there are more of what was asked for. */
    more: 'Boolean',
  }),
  ShownTrailEvent: structure({
    eventId: 'String',
    eventTime: 'Timestamp',
    eventSource: 'String',
    eventName: 'String',
    region: 'String',
    /** Absent where nobody knows who called. */
    userName: 'String?',
    accessKeyId: 'String?',
    denied: 'Boolean',
    errorCode: 'String?',
    /** The names of what the call had to do with, without ARNs. */
    resources: 'Strings',
    /** The whole record, as CloudTrail writes it, in JSON. */
    record: 'String',
  }),
  ShownTrailEvents: list('ShownTrailEvent'),
} as const;
