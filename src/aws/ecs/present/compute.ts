// Where tasks run, as services, deployments, revisions and task sets show it: by a strategy or by a launch type, never both.
import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { Workload } from '../state/service/deployment/service-revision.ts';

export const presentCompute = (
  compute: Pick<Workload, 'launchType' | 'capacityProviderStrategy'> | undefined,
): Presented<Pick<ecs.Deployment, 'launchType' | 'capacityProviderStrategy'>> =>
  compute !== undefined && compute.capacityProviderStrategy.length > 0
    ? { capacityProviderStrategy: compute.capacityProviderStrategy, launchType: undefined }
    : { capacityProviderStrategy: undefined, launchType: compute?.launchType };
