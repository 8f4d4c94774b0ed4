import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aKnownTask } from '../../test-support/builders/a-known-task.ts';
import { payloadTaskArn } from '../../test-support/builders/a-payload-task.ts';
import { seededRandom } from '../lib/random.ts';
import { AgentTerminated } from './agent-terminated.ts';
import { openAgentState, type AgentState } from './state.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'agent-state-'))));
afterEach(() => rmSync(directory, { recursive: true }));
const path = (): string => join(directory, 'agent.db');

test('what was saved is there when it is opened again, tasks in order of arrival', () => {
  const state = openAgentState(path());
  const [first, second] = [
    aKnownTask({}, {}, { order: 1 }),
    aKnownTask({ arn: payloadTaskArn('two') }, {}, { order: 2 }),
  ];
  state.saveTask(second);
  state.saveTask(first);
  state.saveTask({ ...first, desiredStatus: 'STOPPED' });
  state.saveFacts({ cluster: 'c', timeline: 5 });
  state.saveFacts({ timeline: 6 });
  state.savePulled('i');
  state.close();
  const again = openAgentState(path());
  expect(again.tasks()).toEqual([{ ...first, desiredStatus: 'STOPPED' }, second]);
  expect(again.facts()).toEqual({ cluster: 'c', timeline: 6 });
  expect([again.hasPulled('i'), again.hasPulled('j')]).toEqual([true, false]);
  again.close();
});

test('an ended task is gone, and remembered as ended for a week', () => {
  const state = openAgentState(':memory:');
  const { task } = aKnownTask();
  state.saveTask(aKnownTask());
  state.endTask(task.arn, 0);
  expect([state.tasks(), state.hasEnded(task.arn)]).toEqual([[], true]);
  state.endTask('other', 7 * 24 * 3_600_000 + 1);
  expect([state.hasEnded(task.arn), state.hasEnded('other')]).toEqual([false, true]);
});

test('a batch happens as a whole or not at all', () => {
  const state = openAgentState(':memory:');
  const fail = (): void =>
    state.batch(() => {
      state.saveFacts({ timeline: 1 });
      state.saveTask(aKnownTask());
      throw new Error('disk full');
    });
  expect(fail).toThrow('disk full');
  expect([state.facts(), state.tasks()]).toEqual([{}, []]);
});

test('only its owner may read the file', () => {
  openAgentState(path()).close();
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

test('one agent at a time has it, until that closes it', () => {
  const state = openAgentState(path());
  let refused: unknown;
  try {
    openAgentState(path());
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(AgentTerminated);
  expect(refused).toMatchObject({ exitCode: 5, message: expect.stringContaining(`is using ${path()}`) });
  state.saveFacts({ timeline: 1 });
  state.close();
  const again = openAgentState(path());
  expect(again.facts()).toEqual({ timeline: 1 });
  again.close();
});

test('no flipped bit makes another state', () => {
  const state = openAgentState(path());
  for (const order of [1, 2, 3])
    state.saveTask(aKnownTask({ arn: payloadTaskArn(`${order}`) }, {}, { order }));
  state.endTask('ended', 5);
  state.saveFacts({ cluster: 'c', timeline: 5 });
  state.savePulled('image');
  const seen = (opened: AgentState): unknown => [
    opened.tasks(),
    opened.facts(),
    opened.hasEnded('ended'),
    opened.hasPulled('image'),
  ];
  const saved = seen(state);
  state.close();
  const whole = readFileSync(path());
  const random = seededRandom(39);
  const outcomes = Array.from({ length: 80 }, () => {
    const bytes = Buffer.from(whole);
    bytes[Math.floor(random.next() * bytes.length)]! ^= 1 << Math.floor(random.next() * 8);
    writeFileSync(path(), bytes);
    let opened: AgentState;
    try {
      opened = openAgentState(path());
    } catch (error) {
      expect(error).toMatchObject({ exitCode: 5, message: expect.stringContaining(path()) });
      return 'refused';
    }
    expect(seen(opened)).toEqual(saved);
    opened.close();
    return 'as it was';
  });
  expect(new Set(outcomes)).toEqual(new Set(['refused', 'as it was']));
});

test('what is no state is refused by the name of the file', () => {
  writeFileSync(path(), 'something else entirely, and long enough to be read as a header of a database');
  expect(() => openAgentState(path())).toThrow(`${path()}: file is not a database`);
});

test('a write to a file that was deleted fails, and is told once', () => {
  const failures: Error[] = [];
  const state = openAgentState(path(), (error) => failures.push(error));
  state.saveFacts({ timeline: 1 });
  rmSync(path());
  expect(() => state.saveFacts({ timeline: 2 })).toThrow('was deleted or replaced');
  expect(() => state.saveTask(aKnownTask())).toThrow('was deleted or replaced');
  expect(failures).toHaveLength(1);
  state.close();
});

test('a full disk is told as one, though SQLite has rolled back itself', () => {
  const failures: Error[] = [];
  openAgentState(path()).close();
  const database = new DatabaseSync(path());
  database.exec(`CREATE TRIGGER full BEFORE INSERT ON facts
    BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END`);
  database.close();
  const state = openAgentState(path(), (error) => failures.push(error));
  expect(() => state.saveFacts({ timeline: 1 })).toThrow('database or disk is full');
  expect(failures.map(({ message }) => message)).toEqual([`${path()}: database or disk is full`]);
  state.close();
});

test('a newer schema is refused', () => {
  openAgentState(path()).close();
  const database = new DatabaseSync(path());
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => openAgentState(path())).toThrow(/schema version 99/);
});
