import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultAgentDirectory } from './agent-directory.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'agent-directory-'))));
afterEach(() => rmSync(root, { recursive: true }));

function stateIn(...path: readonly string[]): void {
  const directory = join(root, ...path);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'agent.db'), '');
}

const found = () => defaultAgentDirectory(join(root, 'former'), join(root, 'home'));
const ours = () => join(root, 'home', '.longshore', 'agent');

it('is in the home of the user', () => {
  expect(found()).toBe(ours());
});

it('is asked for where an earlier version left a state at its default', () => {
  stateIn('former');
  expect(found).toThrow(`set ECS_DATADIR=${join(root, 'former')} to keep using it`);
  stateIn('home', '.longshore', 'agent');
  expect(found()).toBe(ours());
});
