import { describe, expect, it } from 'vitest';
import type { NetworkMode, PortMapping } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { payloadPortMappings } from './port-mappings.ts';

const cases: [PortMapping, NetworkMode, object][] = [
  [{ containerPort: 80 }, 'bridge', { containerPort: 80, hostPort: 0, protocol: 'tcp' }],
  [{ containerPort: 80, hostPort: 0 }, 'bridge', { containerPort: 80, hostPort: 0, protocol: 'tcp' }],
  [{ containerPort: 80, hostPort: 8080 }, 'bridge', { containerPort: 80, hostPort: 8080, protocol: 'tcp' }],
  [{ containerPort: 53, protocol: 'udp' }, 'bridge', { containerPort: 53, hostPort: 0, protocol: 'udp' }],
  [
    { containerPort: 53, protocol: 'UDP' as 'udp' },
    'bridge',
    { containerPort: 53, hostPort: 0, protocol: 'udp' },
  ],
  [{ containerPort: 80 }, 'host', { containerPort: 80, hostPort: 80, protocol: 'tcp' }],
  [{ containerPort: 80, hostPort: 80 }, 'host', { containerPort: 80, hostPort: 80, protocol: 'tcp' }],
  [
    { containerPortRange: '80-90', protocol: 'tcp' },
    'bridge',
    { containerPortRange: '80-90', protocol: 'tcp' },
  ],
];

describe('payloadPortMappings', () => {
  it.each(cases)('turns %j in %s mode into %j', (mapping, networkMode, expected) => {
    expect(payloadPortMappings([mapping], networkMode)).toEqual([expected]);
  });

  it('makes an empty list of none', () => {
    expect(payloadPortMappings(undefined, 'bridge')).toEqual([]);
  });
});
