// A service as the command line names it: a name in the cluster of the flags, or an ARN, which says its cluster.
import type { ClientFlags } from './client-flags.ts';
import { longshoreClient, type LongshoreClient } from './longshore-client.ts';
import { lastPart } from '../../lib/arn.ts';

export interface NamedService {
  readonly client: LongshoreClient;
  readonly cluster: string;
  /** As it was given, for the API. */
  readonly service: string;
  /** For people. */
  readonly name: string;
}

/** The cluster that the ARN of a service or a task says; undefined of anything else. */
export const clusterIn = (reference: string): string | undefined =>
  /^arn:[^/]*:(?:service|task)\/([^/]+)\/[^/]+$/.exec(reference)?.[1];

export function namedService(service: string, flags: ClientFlags): NamedService {
  const client = longshoreClient(flags);
  const cluster = flags.cluster ?? clusterIn(service) ?? client.cluster;
  return { client, cluster, service, name: lastPart(service) };
}
