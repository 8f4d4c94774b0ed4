import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer } from '../../../test-support/builders/a-payload-task.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { defaultAgentConfig } from '../config/config.ts';
import { HostPorts } from './host-ports.ts';
import type { KnownTask } from '../task/known-task.ts';
import type { PortBinding } from '../engine/runtime.ts';

const clock = new VirtualClock();
const portsOf = (count: number, tasks: readonly KnownTask[] = [], seed = 1): HostPorts =>
  new HostPorts({
    config: {
      ...defaultAgentConfig,
      dynamicHostPortRange: { from: 100, to: 99 + count },
      reservedPorts: [100],
      bindAddress: '127.0.0.2',
    },
    clock,
    random: seededRandom(seed),
    tasks: () => tasks,
  });
const mapped = (...hostPorts: number[]): KnownTask =>
  aKnownTask({
    containers: [
      aPayloadContainer({
        portMappings: hostPorts.map((hostPort, at) => ({
          containerPort: 80 + at,
          hostPort,
          protocol: 'tcp',
        })),
      }),
    ],
  });
const withPorts = (known: KnownTask, ports: readonly PortBinding[]): KnownTask => ({
  ...known,
  containers: { main: { ...known.containers['main']!, ports } },
});

test('a given host port is kept, a missing one chosen, both on the agent’s address', () => {
  const [input, chosen] = portsOf(2).choose(mapped(8080, 0))['main']!;
  expect(input).toEqual({ containerPort: 80, hostPort: 8080, hostIp: '127.0.0.2', protocol: 'tcp' });
  expect(chosen).toMatchObject({ containerPort: 81, hostPort: 101 });
});

test('in host mode the ports are the container’s own', () => {
  const known = aKnownTask({
    networkMode: 'host',
    containers: [aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 0 }] })],
  });
  expect(portsOf(2).choose(known)['main']).toMatchObject([{ containerPort: 80, hostPort: 80 }]);
});

test('no port is chosen that a task, the task itself or the owner holds, until none is left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(12), fc.integer(), (size, wanted, seed) => {
      const other = withPorts(mapped(), [{ containerPort: 1, hostPort: 101, hostIp: '', protocol: 'tcp' }]);
      const known = mapped(103, ...Array.from({ length: wanted }, () => 0));
      const bindings = portsOf(size, [other], seed).choose(known)['main'];
      const free = Array.from({ length: size }, (_, at) => 100 + at).filter(
        (port) => ![100, 101, 103].includes(port),
      );
      if (wanted > free.length) {
        expect(bindings).toBeUndefined();
        return;
      }
      const chosen = bindings!.slice(1).map(({ hostPort }) => hostPort);
      expect(new Set(chosen).size).toBe(wanted);
      expect(chosen.filter((port) => !free.includes(port))).toEqual([]);
    }),
  );
});

test('a port that turns out to be taken is chosen again elsewhere, a static one is not', () => {
  const ports = portsOf(3);
  const known = mapped(8080, 0);
  const placed = withPorts(known, ports.choose(known)['main']!);
  const dynamic = placed.containers['main']!.ports[1]!.hostPort;
  const container = placed.task.containers[0]!;
  const refusal = (port: number): string => `Bind for 0.0.0.0:${port} failed: port is already allocated`;
  const again = ports.chooseAgain(placed, container, refusal(dynamic));
  expect(again?.[1]?.hostPort).not.toBe(dynamic);
  const proxy = `listen tcp4 0.0.0.0:${dynamic}: bind: address already in use`;
  expect(ports.chooseAgain(placed, container, proxy)).toBeDefined();
  expect(ports.chooseAgain(placed, container, refusal(8080))).toBeUndefined();
  expect(ports.chooseAgain(placed, container, 'no such file')).toBeUndefined();
});
