import { expect, it } from 'vitest';
import { findWords } from './find-words.ts';
import { readExports } from './read-exports.ts';

const breaches = (path: string, content = ''): string[] =>
  findWords([{ path, exports: readExports(path, content) }]);

it.each([
  ['export interface Ask {}', 'Ask', 'PlacementRequest, taskRequirements, serviceRequirements'],
  ['export const taskAsk = 1;', 'taskAsk', 'taskRequirements, serviceRequirements, requirementsKey'],
  ['export function heldBackUntil() {}', 'heldBackUntil', 'launchBackoff, backoffUntil'],
  ['export class ServiceWitness {}', 'ServiceWitness', 'Action, InvariantChecker'],
  ['export type GivenTag = string;', 'GivenTag', 'input'],
  ['const a = 1; export { a as mostTags };', 'mostTags', 'max…'],
])('refuses %s', (content, name, instead) => {
  const path = 'src/aws/ecs/state/task/task.ts';
  expect(breaches(path, `\n${content}`)).toEqual([
    `${path}:2: ${name}: docs/nomenclature.md calls it ${instead}`,
  ]);
});

it.each([
  ['src/aws/ecs/controllers/service/hold-back.ts', 'hold-back'],
  ['src/aws/ecs/controllers/service/hold-back.property.test.ts', 'hold-back'],
  ['src/aws/ecs/scheduler/placement/suits.ts', 'suits'],
])('refuses the name of the file %s', (path, name) => {
  expect(breaches(path)).toEqual([
    expect.stringContaining(`${path}: ${name}: docs/nomenclature.md calls it`),
  ]);
});

it('refuses the name of a folder, once', () => {
  const files = ['a', 'b'].map((name) => ({
    path: `src/aws/ecs/controllers/lost-hosts/${name}.ts`,
    exports: [],
  }));
  expect(findWords(files)).toEqual([
    'src/aws/ecs/controllers/lost-hosts: lost-hosts: docs/nomenclature.md calls it DisconnectedAgent, unreachableInstances',
  ]);
});

it.each([
  'export const askEngine = 1;',
  'export const portChoice = 1;',
  'export const stopTask = 1;',
  'export const almost = 1;',
  'export const returned = 1;',
  'const ask = 1; const given = 2;',
])('lets %s be', (content) => {
  expect(breaches('src/agent/network/host-ports.ts', content)).toEqual([]);
});

it('does not pass over what it cannot parse', () => {
  expect(() => readExports('src/lib/clock.ts', 'export {')).toThrow('src/lib/clock.ts');
});
