import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { noResources, type Resources } from '../../../../../agent-protocol/resources.ts';
import { ports, portsUdp } from './ports.ts';

const usage = (reserved: Partial<Resources>, taken: Partial<Resources>) =>
  aUsage({
    instance: aContainerInstance({ registeredResources: { ...noResources, ...reserved } }),
    taken: { ...noResources, ...taken },
  });

describe.each([
  ['tcp', ports, 'ports', 'portsUdp'],
  ['udp', portsUdp, 'portsUdp', 'ports'],
] as const)('%s host ports', (protocol, filter, own, other) => {
  it('are refused where the instance reserves them', () => {
    expect(rejectionBy(filter, aPlacementRequest({ [own]: [80, 22] }), usage({ [own]: [22] }, {}))).toEqual({
      filter: own,
      reason: 'RESOURCE:PORTS',
      port: 22,
      protocol,
      reserved: true,
    });
  });

  it('are refused where a task holds them', () => {
    expect(
      rejectionBy(
        filter,
        aPlacementRequest({ [own]: [8080] }),
        usage({ [own]: [22] }, { [own]: [80, 8080] }),
      ),
    ).toEqual({
      filter: own,
      reason: 'RESOURCE:PORTS',
      port: 8080,
      protocol,
      reserved: false,
    });
  });

  it('are not those of the other protocol', () => {
    expect(
      rejectionBy(filter, aPlacementRequest({ [own]: [53] }), usage({ [other]: [53] }, { [other]: [53] })),
    ).toBeUndefined();
    expect(
      rejectionBy(filter, aPlacementRequest({ [other]: [53] }), usage({ [own]: [53] }, {})),
    ).toBeUndefined();
  });
});

test('refuses exactly when one of the ports is not free', () => {
  const some = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 });
  fc.assert(
    fc.property(some, some, some, (asked, reserved, taken) => {
      const rejected = rejectionBy(
        ports,
        aPlacementRequest({ ports: asked }),
        usage({ ports: reserved }, { ports: taken }),
      );
      const free = asked.every((port) => !reserved.includes(port) && !taken.includes(port));
      expect(rejected === undefined).toBe(free);
    }),
  );
});
