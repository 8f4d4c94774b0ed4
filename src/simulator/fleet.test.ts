import { describe, expect, it } from 'vitest';
import { AgentCallError, type AgentTransport } from '../agent-protocol/transport.ts';
import { AgentTerminated } from '../agent/agent-terminated.ts';
import { aHost, FleetRig } from '../../test-support/simulated-fleet.ts';
import { ScriptedControlPlane } from '../../test-support/scripted-control-plane.ts';
import { nameAttribute } from './host.ts';

const attributesOf = (input: Record<string, unknown>) =>
  input['attributes'] as readonly { readonly name: string; readonly value?: string }[];

describe('Fleet', () => {
  it('makes the cluster, registers and connects every instance', async () => {
    const rig = new FleetRig({ instances: 150, host: { ...aHost, zones: ['a', 'b', 'c'] } });
    await rig.start();
    expect(rig.startError).toBeUndefined();
    expect(rig.plane.calls[0]).toEqual({ operation: 'CreateCluster', input: { clusterName: 'default' } });
    expect(rig.fleet.tally.status()).toMatchObject({ instances: 150, registered: 150, connected: 150 });
    const registrations = rig.plane.calls.filter(
      ({ operation }) => operation === 'RegisterContainerInstance',
    );
    const values = (name: string) =>
      registrations.map(({ input }) => attributesOf(input).find((each) => each.name === name)?.value);
    expect(new Set(values(nameAttribute)).size).toBe(150);
    const zones = values('ecs.availability-zone');
    for (const zone of ['a', 'b', 'c']) expect(zones.filter((one) => one === zone)).toHaveLength(50);
    const tokens = registrations.map(({ input }) => input['clientToken']);
    expect(new Set(tokens).size).toBe(150);
  });

  it('does not open the telemetry link unless asked to', async () => {
    const quiet = new FleetRig();
    await quiet.start();
    expect(quiet.plane.link('tcs')).toBeUndefined();
    const telling = new FleetRig({ telemetry: true });
    await telling.start();
    expect(telling.plane.link('tcs')).toBeDefined();
    expect(telling.plane.received('PublishMetricsRequest')).toHaveLength(1);
  });

  it('tries again when it is asked to wait', async () => {
    const rig = new FleetRig();
    rig.plane.refusals.set('RegisterContainerInstance', [
      new AgentCallError('ThrottlingException', 'Rate exceeded', 400),
    ]);
    await rig.start();
    expect(rig.fleet.tally.registered).toBe(0);
    await rig.clock.advance(5_000);
    expect(rig.fleet.tally.status()).toMatchObject({ registered: 1, connected: 1 });
  });

  it('gives up where an instance is refused for good', async () => {
    const rig = new FleetRig({ instances: 3 });
    rig.plane.refusals.set('RegisterContainerInstance', [
      new AgentCallError('InvalidParameterException', 'Too many attributes', 400),
    ]);
    await rig.start();
    expect(rig.startError).toBeInstanceOf(AgentTerminated);
  });

  it('says at once that nobody answers', async () => {
    const rig = new FleetRig();
    rig.plane.reachable = false;
    await rig.start();
    expect(rig.startError).toMatchObject({ code: 'Unreachable' });
  });

  it('registers nobody any more once it is stopped', async () => {
    const rig = new FleetRig({ instances: 500 });
    const starting = rig.fleet.start();
    starting.catch(() => undefined);
    await Promise.resolve();
    rig.fleet.stop();
    await rig.clock.advance(1_000);
    await expect(starting).rejects.toBeInstanceOf(AgentTerminated);
    const registrations = rig.plane.calls.filter(
      ({ operation }) => operation === 'RegisterContainerInstance',
    );
    expect(registrations).toEqual([]);
  });

  it('deregisters by force what it registered, and tells what it could not', async () => {
    const rig = new FleetRig({ instances: 3 });
    await rig.start();
    rig.fleet.stop();
    rig.plane.refusals.set('DeregisterContainerInstance', [
      new AgentCallError('AccessDeniedException', 'no', 400),
    ]);
    const problems = await rig.fleet.deregister();
    expect(problems).toEqual([expect.objectContaining({ code: 'AccessDeniedException' })]);
    const deregistrations = rig.plane.calls.filter(
      ({ operation }) => operation === 'DeregisterContainerInstance',
    );
    expect(deregistrations).toHaveLength(3);
    for (const { input } of deregistrations) expect(input).toMatchObject({ cluster: 'default', force: true });
  });

  it('deregisters an instance too whose registration was under way when the fleet was stopped', async () => {
    const answer = Promise.withResolvers<void>();
    const plane = new ScriptedControlPlane();
    const slow: AgentTransport = {
      connect: (url) => plane.connect(url),
      call: async (operation, input) => {
        if (operation === 'RegisterContainerInstance') await answer.promise;
        return plane.call(operation, input);
      },
    };
    const rig = new FleetRig({ instances: 2, transport: slow });
    await rig.start();
    rig.fleet.stop();
    const deregistering = rig.fleet.deregister();
    await rig.clock.advance(1_000);
    answer.resolve();
    expect(await deregistering).toEqual([]);
    const operations = plane.calls.map(({ operation }) => operation);
    expect(operations.filter((one) => one === 'RegisterContainerInstance')).toHaveLength(2);
    expect(operations.filter((one) => one === 'DeregisterContainerInstance')).toHaveLength(2);
    expect(plane.dials).toEqual([]);
  });

  it('is content with instances that are gone already', async () => {
    const rig = new FleetRig({ instances: 2 });
    await rig.start();
    rig.fleet.stop();
    rig.plane.refusals.set('DeregisterContainerInstance', [
      new AgentCallError('ClientException', 'The referenced container instance was not found.', 400),
      new AgentCallError('ClusterNotFoundException', 'Cluster not found.', 400),
    ]);
    expect(await rig.fleet.deregister()).toEqual([]);
  });

  it('connects again as an agent does when the control plane goes away, and comes back', async () => {
    const rig = new FleetRig({ instances: 20 });
    await rig.start();
    rig.plane.reachable = false;
    for (const { connection } of [...rig.plane.dials]) connection.close(1001, 'going away');
    await rig.clock.advance(10_000);
    expect(rig.fleet.tally.connected).toBe(0);
    rig.plane.reachable = true;
    await rig.clock.advance(20_000);
    expect(rig.fleet.tally.connected).toBe(20);
  });
});
