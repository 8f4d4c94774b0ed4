import { describe, expect, it } from 'vitest';
import { Tally } from '../../simulator/tally.ts';
import { overcommitmentLines, statusJson, statusLine } from './simulate-status.ts';

function someTally(): Tally {
  const tally = new Tally(5_000);
  tally.registered = 5_000;
  tally.connected = 4_999;
  for (let task = 0; task < 3; task += 1) tally.moved(undefined, 'pending');
  tally.moved('pending', 'running');
  tally.moved('pending', 'stopped');
  return tally;
}

describe('statusLine', () => {
  it('tells of instances and tasks', () => {
    expect(statusLine(someTally().status())).toBe(
      'Instances: 4,999 of 5,000 connected. Tasks: 1 pending, 1 running, 1 stopped.',
    );
  });

  it('tells of the unusual only where there is any', () => {
    const tally = someTally();
    tally.registered = 10;
    tally.failedToStart = 2;
    tally.violated({ instance: 'one', taskArn: 'arn', problem: 'asks for much' });
    expect(statusLine(tally.status())).toBe(
      'Instances: 10 registered, 4,999 of 5,000 connected. Tasks: 1 pending, 1 running, 1 stopped ' +
        '(2 failed to start, 1 overcommitted).',
    );
  });
});

describe('statusJson', () => {
  it('has every figure', () => {
    expect(JSON.parse(statusJson('ready', 5, someTally().status()))).toEqual({
      at: 5,
      phase: 'ready',
      instances: 5_000,
      registered: 5_000,
      connected: 4_999,
      tasks: { pending: 1, running: 1, stopped: 1 },
      failedToStart: 0,
      exited: 0,
      refused: 0,
      overcommitted: 0,
    });
  });
});

describe('overcommitmentLines', () => {
  it('says nothing where every task had room', () => {
    const tally = new Tally(1);
    expect(overcommitmentLines(tally.status(), tally.violations)).toEqual([]);
  });

  it('shows the first and counts the others', () => {
    const tally = new Tally(1);
    for (let task = 0; task < 25; task += 1) {
      tally.violated({ instance: 'i', taskArn: `task-${task}`, problem: 'asks for 2 MiB where 1 are free' });
    }
    const lines = overcommitmentLines(tally.status(), tally.violations);
    expect(lines[0]).toBe('25 tasks were placed on an instance without room:');
    expect(lines[1]).toBe('  i: task-0 asks for 2 MiB where 1 are free');
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  and 5 more');
  });
});
