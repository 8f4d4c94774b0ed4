// Services, by ARN; a deleted one stays as INACTIVE until its name is used again.
import type { Service } from './service.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

const on = indexOn<Service>();

export const services = defineTable<Service>()({
  name: 'services',
  durable: true,
  key: (service) => service.arn,
  indexes: {
    clusterStatus: on('clusterArn', 'status'),
    /** Those with a strategy count under the launch type that they would have. */
    clusterStatusLaunchType: on('clusterArn', 'status', 'launchType'),
    /** What ListServices shows, under each combination of its filters; `*` is what is not filtered by. */
    listed: on.each(['clusterArn', 'launchType', 'schedulingStrategy'], listedUnder),
    clientToken: on('clusterArn', 'clientToken').where(({ status }) => status !== 'INACTIVE'),
    /** Of those that are not INACTIVE. */
    capacityProvider: on.each(
      ['clusterArn', 'capacityProvider'],
      ({ clusterArn, status, capacityProviderStrategy }) =>
        status === 'INACTIVE'
          ? []
          : capacityProviderStrategy.map(({ capacityProvider }) => ({ clusterArn, capacityProvider })),
    ),
  },
  tallies: {},
});

function listedUnder(service: Service): Record<'clusterArn' | 'launchType' | 'schedulingStrategy', string>[] {
  if (service.status !== 'ACTIVE') return [];
  const { clusterArn, schedulingStrategy: scheduling } = service;
  const launchTypes = service.capacityProviderStrategy.length > 0 ? ['*'] : ['*', service.launchType];
  return launchTypes.flatMap((launchType) =>
    ['*', scheduling].map((schedulingStrategy) => ({ clusterArn, launchType, schedulingStrategy })),
  );
}
