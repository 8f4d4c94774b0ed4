// Ranges of IP addresses, version 4 and 6, as conditions of policies name them.
import { BlockList, isIP } from 'node:net';

export interface IpRange {
  /** 4 or 6: no address of the one is in a range of the other. */
  readonly version: number;
  readonly addresses: BlockList;
}

/** A range in CIDR notation, or one address; undefined for what is neither. */
export function ipRange(text: string): IpRange | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(prefix <= bits)) return undefined;
  const addresses = new BlockList();
  addresses.addSubnet(address, prefix, familyOf(version));
  return { version, addresses };
}

/** Whether the address is in the range; false for what is no address. */
export const isInRange = ({ version, addresses }: IpRange, address: string): boolean =>
  isIP(address) === version && addresses.check(address, familyOf(version));

const familyOf = (version: number): 'ipv4' | 'ipv6' => (version === 6 ? 'ipv6' : 'ipv4');
