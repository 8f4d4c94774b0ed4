import { describe, expect, it, test } from 'vitest';
import type { DefinitionInput, ContainerInput } from './input.ts';
import { refuseFirst } from './rule.ts';
import { portProblems } from './validate-ports.ts';

type Mapping = NonNullable<ContainerInput['portMappings']>[number];
type Mode = NonNullable<DefinitionInput['networkMode']>;
const checking =
  (networkMode: Mode | undefined, ...containers: readonly (readonly Mapping[])[]) =>
  (): void =>
    refuseFirst(
      portProblems({
        family: 'web',
        ...(networkMode && { networkMode }),
        containerDefinitions: containers.map((portMappings, at) => ({ name: `c${at}`, portMappings })),
      }),
    );

describe('in bridge mode, which is the default,', () => {
  it('host ports are free to choose, or left to the agent', () => {
    for (const mode of ['bridge', undefined] as const) {
      expect(
        checking(
          mode,
          [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }],
          [{ containerPort: 80, hostPort: 8080 }],
        ),
      ).not.toThrow();
    }
  });

  it('one host port belongs to one container', () => {
    expect(
      checking('bridge', [{ containerPort: 80, hostPort: 8080 }], [{ containerPort: 81, hostPort: 8080 }]),
    ).toThrow('Host port 8080/tcp is mapped twice');
  });

  it('a TCP and a UDP port of one number are two', () => {
    expect(
      checking('bridge', [
        { containerPort: 53, hostPort: 53, protocol: 'tcp' },
        { containerPort: 53, hostPort: 53, protocol: 'udp' },
      ]),
    ).not.toThrow();
  });

  it('a mapping is written once', () => {
    expect(checking('bridge', [{ containerPort: 80 }, { containerPort: 80, protocol: 'tcp' }])).toThrow(
      "Container 'c0' has the port mapping 80/tcp twice.",
    );
    expect(checking('bridge', [{ containerPort: 80 }], [{ containerPort: 80 }])).not.toThrow();
  });
});

describe('in host mode', () => {
  it('the host port is the container’s, written or not', () => {
    expect(
      checking('host', [
        { containerPort: 80 },
        { containerPort: 81, hostPort: 81 },
        { containerPort: 82, hostPort: 0 },
      ]),
    ).not.toThrow();
    expect(checking('host', [{ containerPort: 80, hostPort: 81 }])).toThrow(
      'the host ports and container ports',
    );
  });

  it('containers cannot share a port, though neither names a host port', () => {
    expect(checking('host', [{ containerPort: 80 }], [{ containerPort: 80 }])).toThrow(
      'Host port 80/tcp is mapped twice',
    );
  });
});

describe('in awsvpc mode', () => {
  it('the host port is the container’s', () => {
    expect(checking('awsvpc', [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }])).not.toThrow();
    for (const hostPort of [0, 8080]) {
      expect(checking('awsvpc', [{ containerPort: 80, hostPort }])).toThrow(
        'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
      );
    }
  });

  it('containers share one network, and cannot share a port', () => {
    expect(
      checking('awsvpc', [{ containerPort: 80 }], [{ containerPort: 80, protocol: 'udp' }]),
    ).not.toThrow();
    expect(checking('awsvpc', [{ containerPort: 80 }], [{ containerPort: 80 }])).toThrow(
      'container port is used multiple times in task',
    );
  });
});

test('without a network there is nothing to map', () => {
  expect(checking('none', [{ containerPort: 80 }])).toThrow('not supported when networkMode=none.');
  expect(checking('none', [])).not.toThrow();
});

test('links are for bridge mode', () => {
  const linked = (networkMode: Mode) => () =>
    refuseFirst(
      portProblems({ family: 'web', networkMode, containerDefinitions: [{ name: 'a', links: ['b'] }] }),
    );
  expect(linked('host')).toThrow('Links are not supported when networkMode=host.');
  expect(linked('none')).toThrow('Links are not supported when networkMode=none.');
  expect(linked('awsvpc')).toThrow('Links are not supported when networkMode=awsvpc.');
  expect(linked('bridge')).not.toThrow();
});

test.each<[string, Mapping]>([
  ['containerPort', {}],
  ['containerPort', { containerPort: 0 }],
  ['containerPort', { containerPort: 65_536 }],
  ['hostPort', { containerPort: 80, hostPort: -1 }],
  ['hostPort', { containerPort: 80, hostPort: 65_536 }],
])('refuses the %s of %j', (label, mapping) => {
  expect(checking('bridge', [mapping])).toThrow(`Invalid '${label}' setting for container 'c0'.`);
});
