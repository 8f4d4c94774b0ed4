// IPv4 blocks and addresses, and how AWS counts them.

/** A block of addresses. */
export interface Cidr {
  /** Its first address as a number: the bits behind the prefix are zero. */
  readonly first: number;
  /** Of the prefix, 0 to 32. */
  readonly length: number;
}

/** An address of dots as a number; undefined for any other text. */
export function parseAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const parts = match?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export const addressText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** A block, with the bits behind its prefix cleared, as EC2 takes it; undefined for what is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, length, ...more] = text.split('/');
  const [at, bits] = [parseAddress(address ?? ''), Number(length)];
  if (at === undefined || more.length > 0 || !/^\d{1,2}$/.test(length ?? '') || bits > 32) return undefined;
  return { first: at - (at % 2 ** (32 - bits)), length: bits };
}

export const cidrText = ({ first, length }: Cidr): string => `${addressText(first)}/${length}`;

/** How many addresses there are. */
export const sizeOf = ({ length }: Cidr): number => 2 ** (32 - length);

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.length >= outer.length &&
  inner.first >= outer.first &&
  inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);

export const overlaps = (one: Cidr, other: Cidr): boolean => contains(one, other) || contains(other, one);

/** The addresses of a subnet that AWS keeps: the first four and the last. */
export const reservedAddresses = 5;

/** How many addresses of a subnet may be given away. */
export const usableAddresses = (subnet: Cidr): number => sizeOf(subnet) - reservedAddresses;

/** The `n`th address of a subnet that may be given away, from 0. */
export const usableAddress = (subnet: Cidr, n: number): string => addressText(subnet.first + 4 + n);

/** Whether the address is one of the subnet that may be given away. */
export function isUsable(subnet: Cidr, address: number): boolean {
  const n = address - subnet.first - 4;
  return n >= 0 && n < usableAddresses(subnet);
}

const hextets = '(?:[0-9a-f]{1,4})';

/** An IPv6 block as EC2 shows it; undefined for what is none. */
export function ipv6CidrText(text: string): string | undefined {
  const [address = '', length = ''] = text.toLowerCase().split('/');
  if (!/^\d{1,3}$/.test(length) || Number(length) > 128 || text.split('/').length > 2) return undefined;
  const [head = '', tail] = address.split('::');
  if (address.split('::').length > 2) return undefined;
  const groups = (part: string | undefined): readonly string[] =>
    part === undefined || part === '' ? [] : part.split(':');
  const all = [...groups(head), ...groups(tail)];
  if (all.some((group) => !new RegExp(`^${hextets}$`).test(group))) return undefined;
  const complete = tail === undefined ? all.length === 8 : all.length < 8;
  return complete ? `${address}/${Number(length)}` : undefined;
}
