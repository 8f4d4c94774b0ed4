// What a container may say of its network, by network mode.
import type { Given, GivenContainer } from './given.ts';
import { rule } from './rule.ts';

/** Throws ClientException for what belongs to the task's network in awsvpc mode, and for malformed links and hosts. */
export function validateNetwork(container: GivenContainer, { networkMode }: Given): void {
  const broken = (container.links ?? []).find((link) => !/^[A-Za-z0-9_-]+(:[A-Za-z0-9_.-]+)?$/.test(link));
  rule(
    broken === undefined,
    `Invalid link '${broken}' of container '${container.name}'. Use name or name:alias.`,
  );
  if (networkMode !== 'awsvpc') return;
  const refuse = (given: unknown, what: string): void =>
    rule(!given, `${what} not supported on container when networkMode=awsvpc.`);
  refuse(container.hostname, 'hostname is');
  refuse(container.extraHosts?.length, 'Extra hosts are');
  refuse(container.dnsServers?.length, 'DNS servers are');
  refuse(container.dnsSearchDomains?.length, 'DNS search domains are');
  refuse(container.disableNetworking, 'Disable Networking is');
}
