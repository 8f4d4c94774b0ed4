import { dirname, join } from 'node:path/posix';
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
    ['src/aws/ecs/state/task/tasks.ts', '../../../../store/table.ts'],
    ['src/aws/ecs/state/task/tasks.ts', '../../../../lib/json.ts'],
    ['src/aws/ecs/scheduler/placement/place.ts', '../../state/instance/fleet.ts'],
    ['src/aws/ecs/controllers/service/reconcile.ts', '../../../shared/loop.ts'],
    ['src/aws/ecs/operations/task/run-task.ts', '../../scheduler/placement/place.ts'],
    ['src/aws/ecs/operations/task/run-task.ts', '../../errors.ts'],
    ['src/aws/sts/operations/get-caller-identity.ts', '../../iam/state/access-key/access-keys.ts'],
    ['src/longshore/plan/planned-run.ts', '../../aws/ecs/scheduler/placement/place.ts'],
    ['src/acs/manifest.ts', '../aws/ecs/state/task/tasks.ts'],
    ['src/agent/session.ts', '../wire/sigv4/sign.ts'],
    ['src/server.ts', './aws/ecs/controllers/service/reconcile.ts'],
    ['src/cli/main.ts', '../version.ts'],
  ])('lets %s import %s', (path, target) => {
    expect(breaches({ [path]: `import { a } from '${target}';` })).toEqual([]);
  });

  it.each([
    ['src/store/store.ts', '../aws/ecs/state/task/task.ts', 'store must not import aws/ecs/state'],
    ['src/wire/api.ts', '../aws/shared/tag.ts', 'wire must not import aws/shared'],
    ['src/lib/clock.ts', '../store/store.ts', 'lib must not import store'],
    ['src/agent/session.ts', '../store/store.ts', 'agent must not import store'],
    ['src/acs/session.ts', '../agent/engine/runtime.ts', 'acs must not import agent'],
    ['src/acs/session.ts', '../aws/iam/state/access-key/access-keys.ts', 'acs must not import aws/iam/state'],
    [
      'src/aws/ecs/state/task/task.ts',
      '../../scheduler/a.ts',
      'aws/ecs/state must not import aws/ecs/scheduler',
    ],
    ['src/aws/ecs/scheduler/a.ts', '../operations/b.ts', 'aws/ecs/scheduler must not import aws/ecs'],
    [
      'src/aws/ecs/operations/task/a.ts',
      '../../controllers/reaper/a.ts',
      'aws/ecs must not import aws/ecs/controllers/reaper',
    ],
    ['src/aws/ecs/api.ts', '../sts/api.ts', 'aws/ecs must not import aws/sts'],
    ['src/aws/iam/state/a.ts', '../../ecs/state/arn.ts', 'aws/iam/state must not import aws/ecs/state'],
    ['src/aws/sts/operations/a.ts', '../../ecs/scheduler/b.ts', 'aws/sts must not import aws/ecs/scheduler'],
    [
      'src/longshore/a.ts',
      '../aws/ecs/controllers/reaper/a.ts',
      'longshore must not import aws/ecs/controllers/reaper',
    ],
    ['src/longshore/a.ts', '../aws/ecs/operations/task/run-task.ts', 'longshore must not import aws/ecs'],
  ])('stops %s from importing %s', (path, target, breach) => {
    const place = join(dirname(path), target);
    expect(breaches({ [path]: `\nimport { a } from '${target}';` })).toEqual([
      `${path}:2: ${breach} (${place})`,
    ]);
  });

  it('keeps controllers apart', () => {
    const above = 'src/aws/ecs/controllers/above.ts';
    const reaper = 'src/aws/ecs/controllers/reaper/a.ts';
    expect(breaches({ [above]: `import './reaper/a.ts';` })).toEqual([
      `${above}:1: aws/ecs/controllers/ must not import aws/ecs/controllers/reaper (${reaper})`,
    ]);
    expect(breaches({ 'src/aws/ecs/controllers/service/b.ts': `import '../reaper/a.ts';` })).toHaveLength(1);
  });

  it('knows every room', () => {
    expect(breaches({ 'src/shed/task.ts': `import '../store/store.ts';` })).toEqual([
      'src/shed/task.ts:1: src/shed/task.ts is in no room: scripts/lint/rooms.ts lists them',
    ]);
    expect(breaches({ 'src/lib/task.ts': `import '../../test/rig.ts';` })).toEqual([
      'src/lib/task.ts:1: src/ must not import test/rig.ts',
    ]);
  });

  it.each([
    `import type { Store } from '../store/store.ts';`,
    `export { view } from '../store/store.ts';`,
    `export type { Store } from '../store/store.ts';`,
    `const { view } = await import('../store/store.ts');`,
    `let store: import('../store/store.ts').Store;`,
    `import '../store/store.ts';`,
  ])('sees %s', (content) => {
    expect(breaches({ 'src/wire/a.ts': content })).toEqual([
      'src/wire/a.ts:1: wire must not import store (src/store/store.ts)',
    ]);
  });

  it('leaves tests and what is outside src/ alone', () => {
    const content = `import { a } from '../store/store.ts';`;
    expect(breaches({ 'src/wire/a.test.ts': content, 'test/wire/a.ts': content })).toEqual([]);
  });
});

describe('packages', () => {
  const inModel = (content: string): string[] => breaches({ 'src/aws/ecs/state/task/task.ts': content });

  it('lets a development dependency in as types only', () => {
    expect(inModel(`import type * as ecs from '@aws-sdk/client-ecs';`)).toEqual([]);
    expect(inModel(`import { ECSClient } from '@aws-sdk/client-ecs/dist/x.js';`)).toEqual([
      'src/aws/ecs/state/task/task.ts:1: @aws-sdk/client-ecs is a development dependency and is not there at run time: import type',
    ]);
    expect(inModel(`import { type Task } from '@aws-sdk/client-ecs';`)).toHaveLength(1);
  });

  it('lets others in', () => {
    expect(inModel(`import { pino } from 'pino'; import { join } from 'node:path';`)).toEqual([]);
  });

  it('wants exports named', () => {
    expect(inModel(`export * from './arn.ts';`)).toEqual([
      'src/aws/ecs/state/task/task.ts:1: export * from ./arn.ts: name what is exported',
    ]);
  });
});

describe('what lies side by side', () => {
  it('must not depend on one another in a circle, though no file does', () => {
    expect(
      breaches({
        'src/agent/hooks/volumes.ts': `import { b } from '../engine/docker.ts';`,
        'src/agent/engine/docker.ts': `\nimport type { C } from '../config/load.ts';`,
        'src/agent/config/load.ts': `import { d } from '../hooks/names.ts';`,
      }),
    ).toEqual([
      'circle: src/agent/config -> src/agent/hooks (src/agent/config/load.ts:1) -> src/agent/engine (src/agent/hooks/volumes.ts:1) -> src/agent/config (src/agent/engine/docker.ts:2)',
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
        'src/aws/ecs/api.ts': `import './operations/task/run-task.ts'; import './errors.ts';`,
        'src/aws/ecs/operations/task/run-task.ts': `import '../../errors.ts'; import '../../present/task.ts';`,
        'src/aws/ecs/present/task.ts': `import '../errors.ts';`,
      }),
    ).toEqual([]);
  });
});

it('does not pass over what it cannot parse', () => {
  expect(() => breaches({ 'src/aws/ecs/state/task/task.ts': 'import {' })).toThrow(
    'src/aws/ecs/state/task/task.ts',
  );
});
