// What a container may say of its network, by network mode.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { rule } from './rule.ts';

const linkPattern = /^[A-Za-z0-9_-]+(:[A-Za-z0-9_.-]+)?$/;

/** Problems: what belongs to the task's network in awsvpc mode, and for malformed links and hosts. */
export function* networkProblems(
  container: ContainerInput,
  { networkMode }: DefinitionInput,
): Iterable<string> {
  for (const link of container.links ?? []) {
    yield* rule(
      linkPattern.test(link),
      `Invalid link '${link}' of container '${container.name}'. Use name or name:alias.`,
    );
  }
  if (networkMode !== 'awsvpc') return;
  const refuse = (input: unknown, what: string): readonly string[] =>
    rule(!input, `${what} not supported on container when networkMode=awsvpc.`);
  yield* refuse(container.hostname, 'hostname is');
  yield* refuse(container.extraHosts?.length, 'Extra hosts are');
  yield* refuse(container.dnsServers?.length, 'DNS servers are');
  yield* refuse(container.dnsSearchDomains?.length, 'DNS search domains are');
  yield* refuse(container.disableNetworking, 'Disable Networking is');
}
