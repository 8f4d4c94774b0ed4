import { describe, expect, it } from 'vitest';
import { isStaticProgram } from './static-program.ts';

/** A 64-bit little-endian ELF header with segments of these types. */
function program(...segments: readonly number[]): Uint8Array {
  const file = new Uint8Array(64 + 56 * segments.length);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, segments.length, true);
  segments.forEach((type, index) => view.setUint32(64 + 56 * index, type, true));
  return file;
}

describe('isStaticProgram', () => {
  it('is true without a loader', () => {
    expect(isStaticProgram(program(1, 1, 2))).toBe(true);
  });

  it('is false with a loader', () => {
    expect(isStaticProgram(program(6, 3, 1))).toBe(false);
  });

  it.each([
    ['a script', new TextEncoder().encode('#!/bin/sh\n'.padEnd(80))],
    ['nothing', new Uint8Array()],
    ['a header cut short', program(1).slice(0, 40)],
    ['segments cut short', program(1, 1).slice(0, 100)],
    ['a 32-bit program', program(1).with(4, 1)],
    ['a big-endian program', program(1).with(5, 2)],
  ])('is false of %s', (_name, file) => {
    expect(isStaticProgram(file)).toBe(false);
  });

  it('looks only at its own bytes of a larger buffer', () => {
    const inside = new Uint8Array(200);
    inside.set(program(1), 17);
    expect(isStaticProgram(inside.subarray(17, 17 + 120))).toBe(true);
  });
});
