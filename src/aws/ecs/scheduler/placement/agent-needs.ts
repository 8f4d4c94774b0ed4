// What attributes say about an instance's agent and machine: which an agent offers only where it is told to, and which only the
// official one offers.
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

const platform = /^ecs\.(cpu-architecture|os-type|os-family)$/;
const logDriver = /^com\.amazonaws\.ecs\.capability\.logging-driver\.(.+)$/;

/** Whether it says what kind of machine an instance is. */
export const isOfPlatform = ({ name }: Attribute): boolean => platform.test(name);

/** Those that every agent offers, and the one that is no driver of an engine. */
const defaultDrivers = new Set(['json-file', 'none', 'awsfirelens']);

/** The log driver that it asks the agent for, which an agent offers only where it is told to. */
export function logDriverOf({ name }: Attribute): string | undefined {
  const driver = logDriver.exec(name)?.[1];
  return driver === undefined || defaultDrivers.has(driver) ? undefined : driver;
}

/** What Longshore's own agent does not offer and the official one does, and the parameters that ask for it. */
const officialAgents: Readonly<Record<string, string>> = {
  'ecs.capability.container-restart-policy': 'restartPolicy',
  'ecs.capability.pid-ipc-namespace-sharing': "pidMode or ipcMode 'task'",
  'com.amazonaws.ecs.capability.ecr-auth': 'images of Amazon ECR',
  'com.amazonaws.ecs.capability.selinux': 'dockerSecurityOptions label',
  'com.amazonaws.ecs.capability.apparmor': 'dockerSecurityOptions apparmor',
};
const volumeDriver = /^ecs\.capability\.docker-plugin\.(?!local$)(.+)$/;

/** The parameter that asks for an attribute of the official agent alone. */
export function officialParameter({ name }: Attribute): string | undefined {
  const driver = volumeDriver.exec(name)?.[1];
  return driver === undefined ? officialAgents[name] : `the volume driver ${driver}`;
}

/** What an instance's agent must be or be told to offer, for people: phrases that follow "an instance". */
export function agentNeeds(attributes: readonly Attribute[]): readonly string[] {
  const drivers = attributes.flatMap((one) => logDriverOf(one) ?? []);
  const parameters = attributes.flatMap((one) => officialParameter(one) ?? []);
  return [
    ...(drivers.length > 0
      ? [`whose agent offers the log driver ${drivers.join(', ')} (ECS_AVAILABLE_LOGGING_DRIVERS)`]
      : []),
    ...(parameters.length > 0 ? [`with the official agent (for ${parameters.join(', ')})`] : []),
  ];
}
