import { describe, expect, it } from 'vitest';
import { findBreaches } from './find-breaches.ts';
import { readImports } from './read-imports.ts';

/** The breaches of a project of these files. */
const breaches = (files: Readonly<Record<string, string>>): string[] =>
  findBreaches(
    Object.entries(files).map(([path, content]) => ({ path, imports: readImports(path, content) })),
    new Set(['@aws-sdk/client-ecs', 'vitest']),
  );

describe('the room table', () => {
  it.each([
    ['src/store/store.ts', '../model/task.ts'],
    ['src/store/tables/tasks.ts', '../../lib/json.ts'],
    ['src/agent/session.ts', '../wire/sigv4/sign.ts'],
    ['src/controllers/service/reconcile.ts', '../loop.ts'],
    ['src/apis/ecs/operations/run-task.ts', '../../../placement/place.ts'],
    ['src/server.ts', './controllers/service/reconcile.ts'],
    ['src/cli/main.ts', '../server.ts'],
  ])('lets %s import %s', (path, target) => {
    expect(breaches({ [path]: `import { a } from '${target}';` })).toEqual([]);
  });

  it.each([
    ['src/model/task.ts', '../store/store.ts', 'model must not import store (src/store/store.ts)'],
    ['src/wire/api.ts', '../model/task.ts', 'wire must not import model (src/model/task.ts)'],
    ['src/lib/clock.ts', '../model/task.ts', 'lib must not import model (src/model/task.ts)'],
    ['src/agent/session.ts', '../store/store.ts', 'agent must not import store (src/store/store.ts)'],
    [
      'src/acs/session.ts',
      '../agent/runtime/runtime.ts',
      'acs must not import agent (src/agent/runtime/runtime.ts)',
    ],
    [
      'src/controllers/service/a.ts',
      '../reaper/b.ts',
      'controllers/service must not import controllers/reaper',
    ],
    ['src/controllers/loop.ts', './service/a.ts', 'controllers/ must not import controllers/service'],
    ['src/apis/ecs/api.ts', '../elbv2/api.ts', 'apis/ecs must not import apis/elbv2'],
    [
      'src/apis/ecs/api.ts',
      '../../controllers/loop.ts',
      'apis must not import controllers (src/controllers/loop.ts)',
    ],
    ['src/model/task.ts', '../server.ts', 'model must not import server.ts (src/server.ts)'],
    ['src/model/task.ts', '../../test/builders/task.ts', 'src/ must not import test/builders/task.ts'],
    ['src/shed/task.ts', '../model/task.ts', 'shed is no room: scripts/lint/rooms.ts lists them'],
  ])('stops %s from importing %s', (path, target, breach) => {
    expect(breaches({ [path]: `\nimport { a } from '${target}';` })).toEqual([`${path}:2: ${breach}`]);
  });

  it.each([
    `import type { Store } from '../store/store.ts';`,
    `export { view } from '../store/store.ts';`,
    `export type { Store } from '../store/store.ts';`,
    `const { view } = await import('../store/store.ts');`,
    `let store: import('../store/store.ts').Store;`,
    `import '../store/store.ts';`,
  ])('sees %s', (content) => {
    expect(breaches({ 'src/model/task.ts': content })).toEqual([
      'src/model/task.ts:1: model must not import store (src/store/store.ts)',
    ]);
  });

  it('leaves tests and what is outside src/ alone', () => {
    const content = `import { a } from '../store/store.ts';`;
    expect(breaches({ 'src/model/task.test.ts': content, 'test/wire/a.ts': content })).toEqual([]);
  });
});

describe('packages', () => {
  const inModel = (content: string): string[] => breaches({ 'src/model/task.ts': content });

  it('lets a development dependency in as types only', () => {
    expect(inModel(`import type * as ecs from '@aws-sdk/client-ecs';`)).toEqual([]);
    expect(inModel(`import { ECSClient } from '@aws-sdk/client-ecs/dist/x.js';`)).toEqual([
      'src/model/task.ts:1: @aws-sdk/client-ecs is a development dependency and is not there at run time: import type',
    ]);
    expect(inModel(`import { type Task } from '@aws-sdk/client-ecs';`)).toHaveLength(1);
  });

  it('lets others in', () => {
    expect(inModel(`import { pino } from 'pino'; import { join } from 'node:path';`)).toEqual([]);
  });

  it('wants exports named', () => {
    expect(inModel(`export * from './arn.ts';`)).toEqual([
      'src/model/task.ts:1: export * from ./arn.ts: name what is exported',
    ]);
  });
});

describe('what lies side by side', () => {
  it('must not depend on one another in a circle, though no file does', () => {
    expect(
      breaches({
        'src/agent/hooks/volumes.ts': `import { b } from '../runtime/docker.ts';`,
        'src/agent/runtime/docker.ts': `\nimport type { C } from '../config/load.ts';`,
        'src/agent/config/load.ts': `import { d } from '../hooks/names.ts';`,
      }),
    ).toEqual([
      'circle: src/agent/config -> src/agent/hooks (src/agent/config/load.ts:1) -> src/agent/runtime (src/agent/hooks/volumes.ts:1) -> src/agent/config (src/agent/runtime/docker.ts:2)',
    ]);
  });

  it('must not when it is files', () => {
    expect(
      breaches({ 'src/lib/a.ts': `import './b.ts';`, 'src/lib/b.ts': `import type { A } from './a.ts';` }),
    ).toEqual(['circle: src/lib/a.ts -> src/lib/b.ts (src/lib/a.ts:1) -> src/lib/a.ts (src/lib/b.ts:1)']);
  });

  it('must not when it is a file and a folder', () => {
    expect(
      breaches({
        'src/agent/runner.ts': `import './hooks/volumes.ts';`,
        'src/agent/hooks/volumes.ts': `import '../runner.ts';`,
      }),
    ).toHaveLength(1);
  });

  it('may share what they need with the file that gathers them', () => {
    expect(
      breaches({
        'src/apis/ecs/api.ts': `import './operations/run-task.ts'; import './errors.ts';`,
        'src/apis/ecs/operations/run-task.ts': `import '../errors.ts'; import '../present/task.ts';`,
        'src/apis/ecs/present/task.ts': `import '../errors.ts';`,
      }),
    ).toEqual([]);
  });
});

it('does not pass over what it cannot parse', () => {
  expect(() => breaches({ 'src/model/task.ts': 'import {' })).toThrow('src/model/task.ts');
});
