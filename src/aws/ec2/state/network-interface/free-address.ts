// Which addresses of a subnet are left.
import type { Random } from '../../../../lib/random.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { parseCidr, usableAddress, usableAddresses } from '../cidr.ts';
import type { Subnet } from '../subnet/subnet.ts';
import { networkInterfaces } from './network-interface.ts';

/** How many addresses of a subnet are left. */
export function freeAddressCount(tx: ReadTransaction, { id: subnetId, cidrBlock }: Subnet): number {
  const taken = tx.table(networkInterfaces).tally('takenAddresses', { subnetId });
  return usableAddresses(parseCidr(cidrBlock)!) - taken;
}

export const isTaken = (tx: ReadTransaction, subnetId: string, privateIpAddress: string): boolean =>
  tx.table(networkInterfaces).count('address', { subnetId, privateIpAddress }) > 0;

/** `count` addresses that nobody has, none of `except` among them; undefined where that many are not left. */
export function freeAddresses(
  tx: ReadTransaction,
  random: Random,
  subnet: Subnet,
  count: number,
  except: readonly string[] = [],
): readonly string[] | undefined {
  const cidr = parseCidr(subnet.cidrBlock)!;
  const [all, found] = [usableAddresses(cidr), [] as string[]];
  const start = Math.floor(random.next() * all);
  for (let tried = 0; tried < all && found.length < count; tried++) {
    const address = usableAddress(cidr, (start + tried) % all);
    if (!except.includes(address) && !isTaken(tx, subnet.id, address)) found.push(address);
  }
  return found.length < count ? undefined : found;
}
