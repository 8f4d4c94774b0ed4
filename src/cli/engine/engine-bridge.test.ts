import { describe, expect, it } from 'vitest';
import { bridgeName, freeSubnet } from './engine-bridge.ts';

const line = (address: string): string => `4: eth0    inet ${address}/24 brd 0.0.0.0 scope global eth0\n`;

describe('freeSubnet', () => {
  it('takes the first that no interface has', () => {
    expect(freeSubnet(line('172.17.0.1'))).toBe('172.30.0');
    expect(freeSubnet(line('172.30.0.1') + line('172.30.1.1') + line('172.30.12.1'))).toBe('172.30.2');
  });

  it('gives up when all are taken', () => {
    const all = Array.from({ length: 256 }, (_, third) => line(`172.30.${third}.1`)).join('');
    expect(() => freeSubnet(all)).toThrow('no free /24');
  });
});

describe('bridgeName', () => {
  it('fits an interface, and is the same each time for a directory', () => {
    expect(bridgeName('/a')).toMatch(/^[a-z0-9-]{1,15}$/);
    expect(bridgeName('/a')).toBe(bridgeName('/a'));
    expect(bridgeName('/b')).not.toBe(bridgeName('/a'));
  });
});
