import { expect, test } from 'vitest';
import { networkBinding } from './network-binding.ts';

const binding = { containerPort: 80, hostPort: 49153, hostIp: '0.0.0.0', protocol: 'tcp' } as const;

test('a port is told as a port, and a range as a range', () => {
  expect(networkBinding(binding)).toStrictEqual({
    bindIP: '0.0.0.0',
    containerPort: 80,
    hostPort: 49153,
    protocol: 'tcp',
  });
  expect(networkBinding({ ...binding, count: 11 })).toStrictEqual({
    bindIP: '0.0.0.0',
    containerPortRange: '80-90',
    hostPortRange: '49153-49163',
    protocol: 'tcp',
  });
});
