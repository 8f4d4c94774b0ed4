// DiscoverPollEndpoint: tells an agent where its websockets are; agents keep the answer for hours. It is the same for every
// cluster and instance, those that are unknown or INACTIVE included: their agents hear so when they connect.
import type { EcsOperation } from '../../ecs.ts';

export const discoverPollEndpoint: EcsOperation<'DiscoverPollEndpoint'> = (ecs) => ({
  endpoint: ecs.agentEndpoints.acs,
  telemetryEndpoint: ecs.agentEndpoints.tcs,
});
