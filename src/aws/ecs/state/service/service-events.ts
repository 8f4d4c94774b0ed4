// Service events, keyed so that key order is service, then newest first.
import type { ServiceEvent } from './service-event.ts';
import { newestFirst } from '../../../../store/newest-first.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

export const serviceEventKey = (serviceArn: string, number: number): string =>
  `${serviceArn}!${newestFirst(number)}`;

export const serviceEvents = defineTable<ServiceEvent>()({
  name: 'service-events',
  durable: true,
  key: (event) => serviceEventKey(event.serviceArn, event.number),
  indexes: { service: indexOn<ServiceEvent>()('serviceArn') },
  tallies: {},
});
