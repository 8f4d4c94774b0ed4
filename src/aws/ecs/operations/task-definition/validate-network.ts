// What a container may say of its network, by network mode.
import type { Given, GivenContainer } from './given.ts';
import { rule } from './rule.ts';

const linkPattern = /^[A-Za-z0-9_-]+(:[A-Za-z0-9_.-]+)?$/;

/** Problems: what belongs to the task's network in awsvpc mode, and for malformed links and hosts. */
export function* networkProblems(container: GivenContainer, { networkMode }: Given): Iterable<string> {
  for (const link of container.links ?? []) {
    yield* rule(
      linkPattern.test(link),
      `Invalid link '${link}' of container '${container.name}'. Use name or name:alias.`,
    );
  }
  if (networkMode !== 'awsvpc') return;
  const refuse = (given: unknown, what: string): readonly string[] =>
    rule(!given, `${what} not supported on container when networkMode=awsvpc.`);
  yield* refuse(container.hostname, 'hostname is');
  yield* refuse(container.extraHosts?.length, 'Extra hosts are');
  yield* refuse(container.dnsServers?.length, 'DNS servers are');
  yield* refuse(container.dnsSearchDomains?.length, 'DNS search domains are');
  yield* refuse(container.disableNetworking, 'Disable Networking is');
}
