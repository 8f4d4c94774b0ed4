import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTaskCgroups } from './task-cgroups.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'cgroup-'))));
afterEach(() => rmSync(root, { recursive: true }));
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

test('version 1 limits CPU and memory in their own hierarchies', () => {
  for (const controller of ['cpu', 'memory']) mkdirSync(join(root, controller));
  openTaskCgroups(root, { cgroupDriver: 'cgroupfs', cgroupVersion: '1' })?.create('t', {
    cpu: 0.25,
    memory: 128,
  });
  expect(read('cpu', 'ecs', 't', 'cpu.cfs_quota_us')).toBe('25000');
  expect(read('cpu', 'ecs', 't', 'cpu.cfs_period_us')).toBe('100000');
  expect(read('memory', 'ecs', 't', 'memory.limit_in_bytes')).toBe(String(128 * 2 ** 20));
  expect(read('memory', 'ecs', 't', 'memory.use_hierarchy')).toBe('1');
});

test('version 2 hands the controllers down and limits in one place', () => {
  openTaskCgroups(root, { cgroupDriver: 'cgroupfs', cgroupVersion: '2' })?.create('t', {
    cpu: 2,
    memory: 64,
  });
  expect(read('cgroup.subtree_control')).toBe('+cpu +memory');
  expect(read('ecs', 'cgroup.subtree_control')).toBe('+cpu +memory');
  expect(read('ecs', 't', 'cpu.max')).toBe('200000 100000');
  expect(read('ecs', 't', 'memory.max')).toBe(String(64 * 2 ** 20));
});

test('a limit that is not asked for is not set', () => {
  openTaskCgroups(root, { cgroupDriver: 'cgroupfs', cgroupVersion: '2' })?.create('t', { memory: 64 });
  expect(existsSync(join(root, 'ecs', 't', 'cpu.max'))).toBe(false);
});

test('version 1 removes what the engine made in other hierarchies too', () => {
  for (const controller of ['cpu', 'memory']) mkdirSync(join(root, controller));
  mkdirSync(join(root, 'pids', 'ecs', 't'), { recursive: true });
  openTaskCgroups(root, { cgroupDriver: 'cgroupfs', cgroupVersion: '1' })?.remove('t');
  expect(existsSync(join(root, 'pids', 'ecs', 't'))).toBe(false);
});

test('removing what is not there is no error', () => {
  const cgroups = openTaskCgroups(root, { cgroupDriver: 'cgroupfs', cgroupVersion: '2' });
  mkdirSync(join(root, 'ecs', 't'), { recursive: true });
  cgroups?.remove('t');
  cgroups?.remove('t');
  expect(existsSync(join(root, 'ecs', 't'))).toBe(false);
});

test.each([
  ['systemd', '2'],
  [undefined, undefined],
])('driver %s is left alone', (cgroupDriver, cgroupVersion) => {
  expect(openTaskCgroups(root, { cgroupDriver, cgroupVersion })).toBeUndefined();
});

test('a hierarchy that is not there or not writable means none', () => {
  writeFileSync(join(root, 'cpu'), '');
  expect(openTaskCgroups(root, { cgroupDriver: 'cgroupfs', cgroupVersion: '1' })).toBeUndefined();
});
