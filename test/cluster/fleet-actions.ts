// What happens to the container instances of a random run: draining, deregistration, other reservations, hosts made anew, and a
// capacity provider whose group grows and shrinks.
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { behaviours, containerLike, type BehaviourName } from './behaviours.ts';
import type { Action, RandomRun } from './random-run.ts';
import type { SimulatedHost } from './simulated-host.ts';

/** The Auto Scaling group of the provider `scaled`, and those of the cluster's first hosts. */
export const scaledGroup = 'scaled-group';
const onProvider = [{ capacityProvider: 'scaled', weight: 1 }];
const names = Object.keys(behaviours) as BehaviourName[];

export const fleetActions: readonly Action[] = [
  { name: 'drain an instance', weight: 2, act: (run) => setState(run, 'DRAINING') },
  { name: 'take an instance back', weight: 4, act: (run) => setState(run, 'ACTIVE') },
  { name: 'deregister an instance', weight: 1, act: (run) => deregister(run, false) },
  { name: 'deregister an instance by force', weight: 1, act: (run) => deregister(run, true) },
  { name: 'make deregistered hosts anew', weight: 4, act: (run) => renewHosts(run) },
  { name: 'reserve something else', weight: 2, act: (run) => reserveElse(run) },
  { name: 'start tasks on the provider', weight: 4, act: (run) => startOnProvider(run) },
  { name: 'scale the service on the provider', weight: 3, act: (run) => scaleService(run, run.below(4)) },
  { name: 'break the group', weight: 1, act: (run) => void (run.source.isBroken = true) },
  { name: 'mend the group', weight: 3, act: (run) => void (run.source.isBroken = false) },
];

/** The provider, which nobody has used yet, and a service that is to use it. */
export async function addProvider({ cluster }: RandomRun): Promise<void> {
  await cluster.ask('CreateCapacityProvider', {
    name: 'scaled',
    autoScalingGroupProvider: {
      autoScalingGroupArn: scaledGroup,
      managedScaling: { status: 'ENABLED', maximumScalingStepSize: 2, instanceWarmupPeriod: 60 },
    },
  });
  await cluster.ask('PutClusterCapacityProviders', {
    cluster: 'default',
    capacityProviders: ['scaled'],
    defaultCapacityProviderStrategy: [],
  });
  await cluster.ask('RegisterTaskDefinition', {
    family: 'kept',
    containerDefinitions: [containerLike('server')],
  });
  await cluster.ask('CreateService', {
    serviceName: 'kept',
    taskDefinition: 'kept',
    desiredCount: 0,
    capacityProviderStrategy: onProvider,
  });
}

/** How many tasks the service on the provider is to have. */
export const scaleService = (run: RandomRun, desiredCount: number): void =>
  run.request('UpdateService', { service: 'kept', desiredCount });

/** After it nothing is in the way of a host any more. */
export function calmFleet(run: RandomRun): void {
  run.source.isBroken = false;
  for (const host of run.cluster.hosts) {
    // Nothing is lost any more: what the control plane holds for true, it tells whoever asks.
    if (run.cluster.invariants.isDeregistered(host.instanceArn)) run.deregistered.add(host.instanceArn!);
  }
  renewHosts(run);
  for (const host of run.cluster.hosts) {
    host.reserve({});
    if (host.instanceArn !== undefined) run.request('UpdateContainerInstancesState', stateOf(host, 'ACTIVE'));
  }
}

const stateOf = ({ instanceArn }: SimulatedHost, status: 'ACTIVE' | 'DRAINING') => ({
  containerInstances: [instanceArn],
  status,
});

/** One that was registered, if chance does not choose one that was not. */
function registered(run: RandomRun): SimulatedHost | undefined {
  const host = run.pick(run.cluster.hosts);
  return host.instanceArn === undefined || host.isGone ? undefined : host;
}

function setState(run: RandomRun, status: 'ACTIVE' | 'DRAINING'): void {
  const host = registered(run);
  if (host) run.request('UpdateContainerInstancesState', stateOf(host, status));
}

function deregister(run: RandomRun, force: boolean): void {
  const arn = registered(run)?.instanceArn;
  if (arn === undefined) return;
  run.request('DeregisterContainerInstance', { containerInstance: arn, force }, () => {
    run.deregistered.add(arn);
    run.cluster.invariants.promised(`${arn} is deregistered`, (tx) => {
      // It is forgotten an hour later.
      const { status = 'INACTIVE' } = tx.table(containerInstances).get(arn) ?? {};
      return status === 'INACTIVE';
    });
  });
}

/** Nobody manages what runs on a deregistered host: who was told so wipes it, and it joins again as another instance. */
function renewHosts({ cluster, deregistered }: RandomRun): void {
  for (const host of cluster.hosts) {
    if (!host.isGone && deregistered.has(host.instanceArn ?? '')) host.reinstall();
  }
}

function reserveElse(run: RandomRun): void {
  const ports = [22, 2375, 2376, 51678, 51679];
  run.pick(run.cluster.hosts).reserve({
    reservedMemory: 512 * run.below(6),
    reservedPorts: run.below(2) === 0 ? ports : [...ports, 8080],
  });
}

function startOnProvider(run: RandomRun): void {
  run.startTasks({
    taskDefinition: run.pick(names),
    count: 1 + run.below(3),
    capacityProviderStrategy: onProvider,
  });
}
