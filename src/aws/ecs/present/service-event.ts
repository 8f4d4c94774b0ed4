// A service event as DescribeServices lists it.
import type * as ecs from '@aws-sdk/client-ecs';
import type { ServiceEvent } from '../state/service/service-event.ts';
import type { Input } from '../ecs.ts';
import { seconds } from './seconds.ts';

export const presentServiceEvent = (event: ServiceEvent): Input<ecs.ServiceEvent> => ({
  id: event.id,
  createdAt: seconds(event.createdAt),
  message: event.message,
});
