// Looks at a service and at the service deployment that is watched.
import { RefusedError, UnreachableError } from '../client/longshore-client.ts';
import type { NamedService } from '../client/named-service.ts';
import type { DescribedRollout, DescribedService, Snapshot } from './rollout.ts';

/** The service as it is now; throws an Error for people where there is none. */
export async function describeService(
  { client, cluster, service, name }: NamedService,
  signal?: AbortSignal,
): Promise<DescribedService> {
  const input = { cluster, services: [service] };
  const found = await client.ecs<{ services: DescribedService[] }>('DescribeServices', input, signal);
  const [described] = found.services;
  if (!described) throw new Error(`The service ${name} was not found in the cluster ${cluster}.`);
  return described;
}

/** With the service deployment `own`, else the service's latest. */
export async function describeRollout(
  named: NamedService,
  own: string | undefined,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const service = await describeService(named, signal);
  const arn = own ?? service.currentServiceDeployment;
  if (arn === undefined) return { service };
  const input = { serviceDeploymentArns: [arn] };
  const found = await named.client.ecs<{ serviceDeployments: DescribedRollout[] }>(
    'DescribeServiceDeployments',
    input,
    signal,
  );
  return { service, rollout: found.serviceDeployments[0] };
}

/** Whether asking again may help: the server is away or has too much to do. */
export const isPassing = (error: unknown): boolean =>
  error instanceof UnreachableError ||
  (error instanceof RefusedError &&
    (error.code === 'ThrottlingException' || error.code === 'ServerException'));
