import { describe, expect, it } from 'vitest';
import { aContainerDefinition } from '../../../test-support/builders/a-task-definition.ts';
import type {
  ContainerDefinition,
  NetworkMode,
} from '../../aws/ecs/state/task-definition/task-definition.ts';
import { hostConfig, type HostConfigContext } from './host-config.ts';

const mib = 1024 * 1024;
const build = (definition: Partial<ContainerDefinition>, context: Partial<HostConfigContext> = {}) => {
  const text = hostConfig(aContainerDefinition(definition), { networkMode: 'bridge', ...context });
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};

const cases: [Partial<ContainerDefinition>, object][] = [
  [{ privileged: true }, { Privileged: true }],
  [{ readonlyRootFilesystem: true }, { ReadonlyRootfs: true }],
  [{ dnsServers: ['10.0.0.2'] }, { Dns: ['10.0.0.2'] }],
  [{ dnsSearchDomains: ['a.test'] }, { DnsSearch: ['a.test'] }],
  [{ extraHosts: [{ hostname: 'db', ipAddress: '10.0.0.3' }] }, { ExtraHosts: ['db:10.0.0.3'] }],
  [{ dockerSecurityOptions: ['no-new-privileges'] }, { SecurityOpt: ['no-new-privileges'] }],
  [
    { ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }] },
    { Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 4096 }] },
  ],
  [
    { systemControls: [{ namespace: 'net.core.somaxconn', value: '1024' }] },
    { Sysctls: { 'net.core.somaxconn': '1024' } },
  ],
  [{ logConfiguration: { logDriver: 'json-file' } }, { LogConfig: { Type: 'json-file', Config: {} } }],
  [
    { logConfiguration: { logDriver: 'syslog', options: { tag: 'x' } } },
    { LogConfig: { Type: 'syslog', Config: { tag: 'x' } } },
  ],
  [
    { linuxParameters: { capabilities: { add: ['NET_ADMIN'], drop: ['MKNOD'] } } },
    { CapAdd: ['NET_ADMIN'], CapDrop: ['MKNOD'] },
  ],
  [{ linuxParameters: { initProcessEnabled: true } }, { Init: true }],
  [{ linuxParameters: { sharedMemorySize: 64 } }, { ShmSize: 64 * mib }],
  [
    { linuxParameters: { devices: [{ hostPath: '/dev/fuse' }] } },
    { Devices: [{ PathOnHost: '/dev/fuse', PathInContainer: '/dev/fuse', CgroupPermissions: 'rwm' }] },
  ],
  [
    {
      linuxParameters: {
        devices: [{ hostPath: '/dev/a', containerPath: '/dev/b', permissions: ['read', 'mknod'] }],
      },
    },
    { Devices: [{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'rm' }] },
  ],
  [
    {
      linuxParameters: {
        tmpfs: [
          { containerPath: '/run', size: 16, mountOptions: ['noexec'] },
          { containerPath: '/tmp', size: 8 },
        ],
      },
    },
    { Tmpfs: { '/run': 'noexec,size=16m', '/tmp': 'size=8m' } },
  ],
];

describe('hostConfig', () => {
  it.each(cases)('turns %j into %j', (definition, expected) => {
    expect(build(definition)).toEqual(expected);
  });

  it.each([
    ['host', { NetworkMode: 'host' }],
    ['none', { NetworkMode: 'none' }],
    ['bridge', undefined],
    ['awsvpc', undefined],
  ] as [NetworkMode, object | undefined][])('in network mode %s says %j', (networkMode, expected) => {
    expect(build({}, { networkMode })).toEqual(expected);
  });

  it('counts the memory reservation in bytes', () => {
    expect(build({}, { memory: 128, memoryReservation: 64 })).toEqual({ MemoryReservation: 64 * mib });
  });

  it.each([
    [{ maxSwap: 32 }, { MemorySwap: 160 * mib }],
    [{ maxSwap: 0 }, { MemorySwap: 128 * mib }],
    [
      { maxSwap: 32, swappiness: 10 },
      { MemorySwap: 160 * mib, MemorySwappiness: 10 },
    ],
    [{ swappiness: 10 }, undefined],
  ])('under a limit of 128 MiB turns %j into %j', (linuxParameters, expected) => {
    expect(build({ linuxParameters }, { memory: 128 })).toEqual(expected);
  });

  it('limits no swap where memory has no limit', () => {
    expect(build({ linuxParameters: { maxSwap: 32 } })).toBeUndefined();
  });

  it('has nothing to say of empty lists', () => {
    const linuxParameters = { capabilities: { add: [], drop: [] }, devices: [], tmpfs: [] };
    expect(
      build({ linuxParameters, dnsServers: [], extraHosts: [], ulimits: [], systemControls: [] }),
    ).toBeUndefined();
  });
});
