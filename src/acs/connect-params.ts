// The parameters with which an agent opens a link: the query of the upgrade. The two links name the same things differently.
import type { VersionInfo } from '../aws/ecs/state/instance/container-instance.ts';
import { LinkRefusal } from './link-refusal.ts';

export interface ConnectParams {
  /** Name or ARN, as configured on the agent; empty when it was not. */
  readonly cluster: string;
  readonly containerInstanceArn: string;
}

export interface AgentConnectParams extends ConnectParams {
  readonly versionInfo: VersionInfo;
  /** What only Longshore's agent tells: the name of its machine. */
  readonly hostName?: string | undefined;
  /** 2 and above: the agent acknowledges heartbeats and wants to be dropped when it stops doing so. */
  readonly protocolVersion: number;
  /** True on the first connection of an agent process, which has no task credentials then. */
  readonly sendCredentials: boolean;
}

const optional = (query: URLSearchParams, name: string): string | undefined => query.get(name) || undefined;

function required(query: URLSearchParams, name: string): string {
  const value = optional(query, name);
  if (value === undefined) throw new LinkRefusal('BadRequestException', `${name} is missing.`);
  return value;
}

/** As names of machines are written; anything else is none. */
const hostName = (query: URLSearchParams): string | undefined =>
  /^[A-Za-z0-9_.-]{1,253}$/.exec(optional(query, 'hostName') ?? '')?.[0];

/** Reads the query of the command link; throws a `LinkRefusal` when it names no instance. */
export const agentConnectParams = (query: URLSearchParams): AgentConnectParams => ({
  cluster: optional(query, 'clusterArn') ?? optional(query, 'cluster') ?? '',
  containerInstanceArn: required(query, 'containerInstanceArn'),
  versionInfo: {
    agentVersion: optional(query, 'agentVersion'),
    agentHash: optional(query, 'agentHash'),
    dockerVersion: optional(query, 'dockerVersion'),
  },
  hostName: hostName(query),
  protocolVersion: Number(optional(query, 'protocolVersion') ?? 1) || 1,
  sendCredentials: query.get('sendCredentials') === 'true',
});

/** Reads the query of the telemetry link; throws a `LinkRefusal` when it names no instance. */
export const telemetryConnectParams = (query: URLSearchParams): ConnectParams => ({
  cluster: optional(query, 'cluster') ?? '',
  containerInstanceArn: required(query, 'containerInstance'),
});
