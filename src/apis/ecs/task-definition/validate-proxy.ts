// proxyConfiguration: the container through which the task's traffic goes, and which traffic.
import type { Given } from './given.ts';
import { rule } from './rule.ts';

const required: readonly (readonly [property: string, problem: string])[] = [
  ['ProxyIngressPort', 'Ingress port not found.'],
  ['ProxyEgressPort', 'Egress port not found.'],
  ['AppPorts', 'App ports not found.'],
];

/** Throws ClientException for a proxy that is not there, or does not know its traffic. */
export function validateProxy({ proxyConfiguration, networkMode, containerDefinitions = [] }: Given): void {
  if (!proxyConfiguration) return;
  const { containerName } = proxyConfiguration;
  rule(networkMode === 'awsvpc', 'APPMESH proxy configuration is only supported in networkMode=awsvpc.');
  rule(
    containerDefinitions.some(({ name }) => name === containerName),
    `Proxy container [${containerName}] does not exist.`,
  );
  const properties = new Map((proxyConfiguration.properties ?? []).map(({ name, value }) => [name, value]));
  for (const [property, problem] of required) rule(properties.get(property), problem);
  rule(properties.get('IgnoredUID') || properties.get('IgnoredGID'), 'IgnoredUID or IgnoredGID not found.');
}
