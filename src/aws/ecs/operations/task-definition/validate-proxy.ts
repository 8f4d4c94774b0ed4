// proxyConfiguration: the container through which the task's traffic goes, and which traffic.
import type { DefinitionInput } from './input.ts';
import { rule } from './rule.ts';

const required: readonly (readonly [property: string, problem: string])[] = [
  ['ProxyIngressPort', 'Ingress port not found.'],
  ['ProxyEgressPort', 'Egress port not found.'],
  ['AppPorts', 'App ports not found.'],
];

/** Problems: a proxy that is not there, or does not know its traffic. */
export function* proxyProblems({
  proxyConfiguration,
  networkMode,
  containerDefinitions = [],
}: DefinitionInput): Iterable<string> {
  if (!proxyConfiguration) return;
  const { containerName } = proxyConfiguration;
  yield* rule(
    networkMode === 'awsvpc',
    'APPMESH proxy configuration is only supported in networkMode=awsvpc.',
  );
  yield* rule(
    containerDefinitions.some(({ name }) => name === containerName),
    `Proxy container [${containerName}] does not exist.`,
  );
  const properties = new Map((proxyConfiguration.properties ?? []).map(({ name, value }) => [name, value]));
  for (const [property, problem] of required) yield* rule(properties.get(property), problem);
  yield* rule(
    properties.get('IgnoredUID') || properties.get('IgnoredGID'),
    'IgnoredUID or IgnoredGID not found.',
  );
}
