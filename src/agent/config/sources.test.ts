import { describe, expect, it } from 'vitest';
import { overlay, parseEcsConfig, parseJsonConfig } from './sources.ts';

describe('parseEcsConfig', () => {
  it('reads lines, and passes over comments and empty ones', () => {
    const content = [
      '# the cluster',
      'ECS_CLUSTER=prod',
      '',
      '  ECS_INSTANCE_ATTRIBUTES = {"stack":"a=b"}  ',
      'export ECS_LOGLEVEL=debug\r',
      'ECS_LOGFILE=',
    ].join('\n');
    expect(parseEcsConfig(content, 'ecs.config')).toEqual({
      ECS_CLUSTER: 'prod',
      ECS_INSTANCE_ATTRIBUTES: '{"stack":"a=b"}',
      ECS_LOGLEVEL: 'debug',
      ECS_LOGFILE: '',
    });
  });

  it.each(['ECS_CLUSTER', 'ECS CLUSTER=a', '=a'])('names the line that is none: %s', (line) => {
    expect(() => parseEcsConfig(`ECS_CLUSTER=a\n${line}`, 'ecs.config')).toThrow(
      'ecs.config:2: not KEY=VALUE',
    );
  });
});

describe('parseJsonConfig', () => {
  const parse = (content: string): object =>
    parseJsonConfig(
      content,
      'config.json',
      { Cluster: 'ECS_CLUSTER', Wait: 'ECS_WAIT' },
      new Set(['ECS_WAIT']),
    );

  it('turns fields into the texts of variables', () => {
    expect(parse('{"Cluster":"prod","Wait":90000000000,"Other":[22,80]}')).toEqual({
      ECS_CLUSTER: 'prod',
      ECS_WAIT: '90000000000ns',
      Other: '[22,80]',
    });
  });

  it.each(['', '[]', '"text"', 'null', '{"Cluster":}'])('refuses %j, with the path', (content) => {
    expect(() => parse(content)).toThrow(/^config\.json: /);
  });
});

describe('overlay', () => {
  it('lets what is over win, unless it is empty', () => {
    const base = { a: '1', b: '2', c: '3' };
    expect(overlay(base, { a: '9', b: '', c: undefined, d: '4' })).toEqual({
      a: '9',
      b: '2',
      c: '3',
      d: '4',
    });
  });
});
