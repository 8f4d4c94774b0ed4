// Identifiers in the forms that ECS uses.
import type { Random } from './random.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** `length` lower-case hex digits; ECS resource ids have 32. */
export function hexId(random: Random, length = 32): string {
  return toHex(random.bytes(Math.ceil(length / 2))).slice(0, length);
}

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A decimal number of exactly 19 digits that fits into 63 bits, as a string. */
export function decimalId(random: Random): string {
  const chosen = BigInt(`0x${hexId(random, 16)}`) % (8n * 10n ** 18n);
  return String(10n ** 18n + chosen);
}

/** `length` characters of the URL-safe base64 alphabet. */
export function base64UrlId(random: Random, length: number): string {
  return Buffer.from(random.bytes(length)).toString('base64url').slice(0, length);
}
