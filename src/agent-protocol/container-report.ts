// What an agent tells of a container, in the words of the API.
import type * as ecs from '@aws-sdk/client-ecs';
import type { DeepReadonly, Wire } from '../lib/json.ts';

export type ContainerStatus = 'PENDING' | 'RUNNING' | 'STOPPED';

export type HealthStatus = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';

export type NetworkBinding = DeepReadonly<Wire<ecs.NetworkBinding>>;
