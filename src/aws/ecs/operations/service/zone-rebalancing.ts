// Whether a service is to be kept even over availability zones: on unless it cannot be.
import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';

type Facts = Pick<
  Service,
  | 'schedulingStrategy'
  | 'deploymentController'
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'placementStrategy'
  | 'placementConstraints'
  | 'deploymentConfiguration'
>;

const zone = 'attribute:ecs.availability-zone';

/** What of a service rules rebalancing out, or undefined. */
function obstacle(service: Facts): string | undefined {
  if (service.schedulingStrategy === 'DAEMON') return 'the DAEMON scheduling strategy';
  if (service.deploymentController !== 'ECS')
    return `the ${service.deploymentController} deployment controller`;
  if (service.launchType === 'EXTERNAL' && service.capacityProviderStrategy.length === 0)
    return 'the EXTERNAL launch type';
  if (service.deploymentConfiguration.maximumPercent <= 100) return 'a maximumPercent of 100';
  const [first] = service.placementStrategy;
  if (first && (first.type !== 'spread' || first.field !== zone)) {
    return `a placement strategy that does not begin with spread over ${zone}`;
  }
  return service.placementConstraints.some((one) => one.expression?.includes(zone))
    ? `a placement constraint on ${zone}`
    : undefined;
}

/** The setting of a new service: as asked for, else ENABLED where possible. Throws InvalidParameterException. */
export function newZoneRebalancing(
  asked: 'ENABLED' | 'DISABLED' | undefined,
  service: Facts,
): 'ENABLED' | 'DISABLED' {
  if (asked === undefined) return obstacle(service) === undefined ? 'ENABLED' : 'DISABLED';
  return checkedZoneRebalancing(asked, service);
}

/** The setting, if the service can have it; throws InvalidParameterException with what stands against it. */
export function checkedZoneRebalancing(
  setting: 'ENABLED' | 'DISABLED',
  service: Facts,
): 'ENABLED' | 'DISABLED' {
  const against = setting === 'ENABLED' ? obstacle(service) : undefined;
  if (against === undefined) return setting;
  throw invalidParameter(
    `Availability Zone rebalancing is not supported with ${against}. Change that, or set availabilityZoneRebalancing to DISABLED.`,
  );
}
