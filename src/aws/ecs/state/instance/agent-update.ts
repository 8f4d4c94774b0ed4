// How the update of an instance's agent goes on. Pure. Who makes each step:
//   PENDING   UpdateContainerAgent, which also says when there is none
//   STAGING, STAGED, UPDATING, FAILED (refused)   acs/agent-update-exchange.ts, by what the agent answers
//   UPDATED, FAILED (other version)   RegisterContainerInstance, by the version that the agent comes back with
//   FAILED (too late)   controllers/agent-updates
import { compareVersions } from './agent-version.ts';
import type {
  AgentRelease,
  AgentUpdateStatus,
  ContainerInstance,
  VersionInfo,
} from './container-instance.ts';

const inProgress: readonly (AgentUpdateStatus | undefined)[] = ['PENDING', 'STAGING', 'STAGED', 'UPDATING'];

/** An agent has this long to fetch what it is offered, counted from each step towards that, ms. */
const stagingLimit = 3_600_000;
/** An agent that performs an update has this long to register with its new version, ms. */
const updatingLimit = 600_000;

export const isAgentUpdating = ({ agentUpdateStatus }: ContainerInstance): boolean =>
  inProgress.includes(agentUpdateStatus);

/** Whether `release` is newer than an agent of `agentVersion`. */
export const isNewer = (release: AgentRelease, agentVersion: string): boolean =>
  compareVersions(agentVersion, release.version) < 0;

/** `instance` with an update to `release` that nobody was told of yet. `id` tells it from every other; `now`: epoch ms. */
export const withAgentUpdate = (
  instance: ContainerInstance,
  release: AgentRelease,
  id: string,
  now: number,
): ContainerInstance => ({
  ...instance,
  agentUpdateStatus: 'PENDING',
  agentUpdate: { ...release, id, since: now },
});

/** `instance` with its update at `status` since `now`, epoch ms; UPDATED and FAILED end it. */
export function withUpdateStatus(
  instance: ContainerInstance,
  status: AgentUpdateStatus,
  now: number,
): ContainerInstance {
  const { agentUpdate, ...rest } = instance;
  const goesOn = agentUpdate && inProgress.includes(status);
  return {
    ...rest,
    agentUpdateStatus: status,
    ...(goesOn && { agentUpdate: { ...agentUpdate, since: now } }),
  };
}

/**
 * `instance`, whose agent has just started and tells `versionInfo`. One that was to come back with the new version and
 * did not has failed; one that was not told to perform it is told all of it again, whatever it kept over its restart.
 */
export function withReregisteredAgent(
  instance: ContainerInstance,
  versionInfo: VersionInfo,
  now: number,
): ContainerInstance {
  const { agentUpdate, agentUpdateStatus } = instance;
  const registered = { ...instance, versionInfo };
  if (agentUpdate === undefined) return registered;
  const { agentVersion } = versionInfo;
  if (agentVersion && !isNewer(agentUpdate, agentVersion))
    return withUpdateStatus(registered, 'UPDATED', now);
  return withUpdateStatus(registered, agentUpdateStatus === 'UPDATING' ? 'FAILED' : 'PENDING', now);
}

/** Epoch ms from which the update in progress counts as failed; undefined without one. */
export function agentUpdateDeadline({
  agentUpdate,
  agentUpdateStatus,
}: ContainerInstance): number | undefined {
  if (agentUpdate === undefined) return undefined;
  return agentUpdate.since + (agentUpdateStatus === 'UPDATING' ? updatingLimit : stagingLimit);
}
