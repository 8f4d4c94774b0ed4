// Chance as a dependency: ids, jitter and placement ties replay exactly from a seed.
import { randomBytes, randomFillSync } from 'node:crypto';

/** A source of chance. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  bytes(length: number): Uint8Array;
}

/** The machine's cryptographic randomness; the only source fit for secrets. */
export const systemRandom: Random = {
  next: () => Buffer.from(draw(6)).readUIntBE(0, 6) / 2 ** 48,
  bytes: draw,
};

// Asking the system takes longer than all else that an id needs, however few bytes are asked for: so many are drawn ahead.
const drawn = new Uint8Array(4096);
let input = drawn.length;

function draw(length: number): Uint8Array {
  if (length > drawn.length) return randomBytes(length);
  if (input + length > drawn.length) {
    randomFillSync(drawn);
    input = 0;
  }
  const bytes = drawn.slice(input, input + length);
  // Bytes may become secrets: no second copy is kept.
  drawn.fill(0, input, input + length);
  input += length;
  return bytes;
}

/** A repeatable source (mulberry32) for simulations and tests; never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)),
  };
}
