// Services, by ARN; a deleted one stays as INACTIVE until its name is used again.
import type { Service } from './service.ts';
import { defineTable } from '../../../../store/table.ts';

export const services = defineTable<Service>()({
  name: 'services',
  durable: true,
  key: (service) => service.arn,
  indexes: {
    /** `<clusterArn>/<status>` */
    clusterStatus: (service) => `${service.clusterArn}/${service.status}`,
    /** `<clusterArn>/<status>/<launchType>`; those with a strategy count under the launch type that they would have. */
    clusterStatusLaunchType: (service) => `${service.clusterArn}/${service.status}/${service.launchType}`,
    /** What ListServices shows, under each combination of its filters, see `listedServices`. */
    listed: (service) => listedUnder(service),
    clientToken: (service) =>
      service.clientToken === undefined || service.status === 'INACTIVE'
        ? undefined
        : `${service.clusterArn}/${service.clientToken}`,
    /** `<clusterArn>/<capacity provider>`, of those that are not INACTIVE. */
    capacityProvider: (service) =>
      service.status === 'INACTIVE'
        ? undefined
        : service.capacityProviderStrategy.map((item) => `${service.clusterArn}/${item.capacityProvider}`),
  },
  tallies: {},
});

/** The value of the index `listed` for a cluster and the filters that are given. */
export const listedServices = (
  clusterArn: string,
  launchType: string | undefined,
  schedulingStrategy: string | undefined,
): string => `${clusterArn}/${launchType ?? '*'}/${schedulingStrategy ?? '*'}`;

function listedUnder(service: Service): string[] | undefined {
  if (service.status !== 'ACTIVE') return undefined;
  const launchTypes =
    service.capacityProviderStrategy.length > 0 ? [undefined] : [undefined, service.launchType];
  return launchTypes.flatMap((launchType) =>
    [undefined, service.schedulingStrategy].map((scheduling) =>
      listedServices(service.clusterArn, launchType, scheduling),
    ),
  );
}
