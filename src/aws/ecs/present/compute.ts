// Where tasks run, as services, deployments, revisions and task sets show it: by a strategy or by a launch type, never both.
import type * as ecs from '@aws-sdk/client-ecs';
import type { Workload } from '../state/service/deployment/service-revision.ts';
import type { Input } from '../ecs.ts';

export const presentCompute = (
  compute: Pick<Workload, 'launchType' | 'capacityProviderStrategy'>,
): Input<Pick<ecs.Deployment, 'launchType' | 'capacityProviderStrategy'>> =>
  compute.capacityProviderStrategy.length > 0
    ? { capacityProviderStrategy: compute.capacityProviderStrategy }
    : { launchType: compute.launchType };
