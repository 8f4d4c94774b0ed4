import { expect, test } from 'vitest';
import { createLog, silentLog, type LogLevel } from './log.ts';

function logTo(level: LogLevel) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog(level, {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { log, lines };
}

test('writes a JSON line of fields and sentence, with the time and without the machine', () => {
  const { log, lines } = logTo('info');
  log.info({ key: 'a' }, 'something happened');
  expect(lines).toEqual([
    { level: 30, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), key: 'a', msg: 'something happened' },
  ]);
});

test('writes no line under its level', () => {
  const { log, lines } = logTo('warn');
  log.debug({}, 'd');
  log.info({}, 'i');
  log.warn({}, 'w');
  log.error({}, 'e');
  expect(lines.map((line) => line['msg'])).toEqual(['w', 'e']);
});

test('writes an error with its message and stack', () => {
  const { log, lines } = logTo('error');
  log.error({ err: new Error('cause') }, 'failed');
  expect(lines[0]).toMatchObject({ err: { message: 'cause', stack: expect.stringContaining('log.test') } });
});

test('a child has its parent’s fields and its own on every line', () => {
  const { log, lines } = logTo('info');
  log.child({ room: 'agent' }).child({ task: 't1' }).info({ step: 2 }, 'x');
  expect(lines[0]).toMatchObject({ room: 'agent', task: 't1', step: 2 });
});

test('a child of the silent log is silent too', () => {
  expect(silentLog.child({ a: 1 })).toBe(silentLog);
});

test('writes nothing that acts on a terminal, and keeps the values', () => {
  const written: string[] = [];
  createLog('info', { write: (line: string) => void written.push(line) }).info(
    { group: '\u001b[2J\u009b1m' },
    'x',
  );
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  expect(written.join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(JSON.parse(written.join(''))).toMatchObject({ group: '\u001b[2J\u009b1m' });
});
