// An Elastic IP address. None of them leads anywhere outside: they are of a range that the internet does not route.
import type { Random } from '../../../../lib/random.ts';
import { indexOn } from '../../../../store/index-on.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { defineTable } from '../../../../store/table.ts';
import { addressText, parseCidr, sizeOf } from '../cidr.ts';
import type { Resource } from '../resource.ts';

export interface Address extends Resource {
  readonly publicIp: string;
  /** `eipassoc-` and 17 hex digits; there, as the next two, while it is of a network interface. */
  readonly associationId?: string | undefined;
  readonly networkInterfaceId?: string | undefined;
  readonly privateIpAddress?: string | undefined;
}

const on = indexOn<Address>();

export const addresses = defineTable<Address>()({
  name: 'ec2-addresses',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    publicIp: on('publicIp'),
    association: on('associationId'),
    networkInterface: on('networkInterfaceId'),
  },
  tallies: {},
});

/** RFC 2544 keeps these for tests between networks, so that no machine outside has one of them. */
const pool = parseCidr('198.18.0.0/15')!;

/** An address that nobody has. */
export function freePublicIp(tx: ReadTransaction, random: Random): string {
  const start = Math.floor(random.next() * sizeOf(pool));
  for (let tried = 0; tried < sizeOf(pool); tried++) {
    const publicIp = addressText(pool.first + ((start + tried) % sizeOf(pool)));
    if (tx.table(addresses).count('publicIp', { publicIp }) === 0) return publicIp;
  }
  throw new Error('All public addresses are taken.');
}
