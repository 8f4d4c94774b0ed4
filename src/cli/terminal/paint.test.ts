import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { paint, rendered, widthOf } from './paint.ts';

const stream = (more: object): NodeJS.WriteStream =>
  Object.assign(new PassThrough(), more) as unknown as NodeJS.WriteStream;
const terminal = (bits: number): NodeJS.WriteStream => stream({ isTTY: true, getColorDepth: () => bits });
const pipe = stream({});

describe('rendered', () => {
  test('shows paint as colour only on a terminal that has some', () => {
    const line = `is ${paint('good', 'RUNNING')} now`;
    expect(rendered(line, terminal(8))).toBe('is \u001b[32mRUNNING\u001b[39m now');
    expect(rendered(line, terminal(1))).toBe('is RUNNING now');
    expect(rendered(line, pipe)).toBe('is RUNNING now');
  });

  test('lets nothing of others act, inside of paint and outside, also what looks like paint', () => {
    const theirs = '\u001b[31mSTOPPED\u001b[0m\u0000good\u0001x\u0000\u0002\u001b]0;title\u0007';
    for (const line of [theirs, paint('dim', theirs)]) {
      // eslint-disable-next-line no-control-regex -- they are what must not be there
      expect(rendered(line, pipe)).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
      expect(rendered(line, pipe)).toMatch(/^STOPPED/);
    }
  });

  test('shows text as it is where nothing acts', () => {
    expect(rendered('Grüße\tvon 世界', pipe)).toBe('Grüße\tvon 世界');
  });
});

test('widthOf counts what is seen', () => {
  expect(widthOf(paint('bad', 'STOPPED'))).toBe(7);
  expect(widthOf('STOPPED')).toBe(7);
  expect(widthOf('\u001b[31mSTOPPED\u001b[0m\u001b]0;title\u0007')).toBe(7);
});
