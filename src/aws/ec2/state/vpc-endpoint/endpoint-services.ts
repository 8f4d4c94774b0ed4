// The services of AWS that endpoints may be made for, and the prefix lists of those that gateways lead to.
import { createHash } from 'node:crypto';
import type { VpcEndpoint } from './vpc-endpoint.ts';

export interface EndpointService {
  /** E.g. `com.amazonaws.us-east-1.s3`. */
  readonly name: string;
  readonly types: readonly VpcEndpoint['type'][];
  /** What names inside the VPC lead to an interface. */
  readonly privateDnsName: string;
}

const gateways = ['s3', 'dynamodb'];
const interfaces = [
  'autoscaling',
  'cloudtrail',
  'dynamodb',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'elasticfilesystem',
  'elasticloadbalancing',
  'events',
  'kms',
  'logs',
  'monitoring',
  's3',
  'secretsmanager',
  'servicediscovery',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'sts',
];

/** Of ecr.api it is api.ecr, as clients call it. */
const dnsName = (service: string, region: string): string =>
  `${service.startsWith('ecr.') ? (service === 'ecr.dkr' ? '*.dkr.ecr' : 'api.ecr') : service}.${region}.amazonaws.com`;

/** All services of a region, by name. */
export const endpointServices = (region: string): readonly EndpointService[] =>
  interfaces.map((service) => ({
    name: `com.amazonaws.${region}.${service}`,
    types: gateways.includes(service) ? ['Gateway', 'Interface'] : ['Interface'],
    privateDnsName: dnsName(service, region),
  }));

export const endpointService = (region: string, name: string): EndpointService | undefined =>
  endpointServices(region).find((service) => service.name === name);

/** The addresses of a service of AWS, kept by AWS. */
export interface PrefixList {
  /** `pl-` and 8 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly cidrs: readonly string[];
}

// Of the range that addresses are given from here: what is reached there is reached through an endpoint.
const cidrs: Readonly<Record<string, readonly string[]>> = {
  s3: ['198.19.240.0/21'],
  dynamodb: ['198.19.248.0/22'],
};

/** The prefix lists of a region, by name. */
export const prefixLists = (region: string): readonly PrefixList[] =>
  Object.entries(cidrs)
    .map(([service, list]) => {
      const name = `com.amazonaws.${region}.${service}`;
      return { id: `pl-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`, name, cidrs: list };
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
