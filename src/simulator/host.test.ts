import { describe, expect, it } from 'vitest';
import { capacity, registrationRequest } from '../agent/links/registration.ts';
import { aHost } from '../../test-support/simulated-fleet.ts';
import { hostConfig, hostName, nameAttribute, simulatedEngine } from './host.ts';

const attributesOf = (host: typeof aHost, number: number): Readonly<Record<string, string | undefined>> => {
  const request = registrationRequest(
    hostConfig(host, number),
    simulatedEngine(host),
    'default',
    undefined,
    '',
  );
  const attributes = request['attributes'] as readonly { readonly name: string; readonly value?: string }[];
  return Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
};

describe('hostConfig', () => {
  it('offers all that was asked for', () => {
    const host = { ...aHost, cpu: 3000, memory: 777 };
    expect(capacity(hostConfig(host, 1), simulatedEngine(host))).toMatchObject({ cpu: 3000, memory: 777 });
  });

  it('has GPUs that no other host has', () => {
    const host = { ...aHost, gpus: 2 };
    const ids = [1, 2].flatMap((number) => capacity(hostConfig(host, number), simulatedEngine(host)).gpuIds);
    expect(ids).toEqual(['GPU-sim-1-1', 'GPU-sim-1-2', 'GPU-sim-2-1', 'GPU-sim-2-2']);
    expect(hostConfig(aHost, 1).gpus).toBeUndefined();
  });

  it('deals zones out in turn, and names none without any', () => {
    const host = { ...aHost, zones: ['a', 'b'] };
    const zone = (number: number) => attributesOf(host, number)['ecs.availability-zone'];
    expect([1, 2, 3, 4].map(zone)).toEqual(['a', 'b', 'a', 'b']);
    expect(attributesOf(aHost, 1)).not.toHaveProperty('ecs.availability-zone');
  });

  it('has the attributes and the type that were asked for, and its name', () => {
    const host = { ...aHost, attributes: { stack: 'blue', spare: '' }, instanceType: 'm5.large' };
    expect(attributesOf(host, 7)).toMatchObject({
      stack: 'blue',
      'ecs.instance-type': 'm5.large',
      [nameAttribute]: 'sim-7',
    });
    expect(attributesOf(host, 7)).toHaveProperty('spare', undefined);
    expect(hostName(host, 7)).toBe('sim-7');
  });

  it('can do what an agent on a current engine can', () => {
    const attributes = attributesOf(aHost, 1);
    for (const name of [
      'com.amazonaws.ecs.capability.docker-remote-api.1.44',
      'com.amazonaws.ecs.capability.logging-driver.awslogs',
      'ecs.capability.task-cpu-mem-limit',
      'ecs.capability.container-health-check',
      'ecs.capability.network.container-port-range',
    ]) {
      expect(attributes).toHaveProperty([name]);
    }
  });
});
