// Which Elastic IP address a call is about.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { addresses, type Address } from '../../state/address/address.ts';
import { addressNotFound, missingParameter, notFound } from '../../errors.ts';
import { addressOf, isIn } from '../resolve.ts';

interface AddressReference {
  readonly AllocationId?: string | undefined;
  readonly PublicIp?: string | undefined;
}

export function referencedAddress(tx: ReadTransaction, scope: Scope, input: AddressReference): Address {
  if (input.AllocationId !== undefined) return addressOf(tx, scope, input.AllocationId);
  if (input.PublicIp === undefined) throw missingParameter('allocationId');
  return publicAddress(tx, scope, input.PublicIp);
}

export function publicAddress(tx: ReadTransaction, scope: Scope, publicIp: string): Address {
  const [address] = tx.table(addresses).by('publicIp', { publicIp });
  if (address === undefined || !isIn(scope, address)) throw addressNotFound(publicIp);
  return address;
}

/** The address that is associated so. */
export function associatedAddress(tx: ReadTransaction, scope: Scope, associationId: string): Address {
  const [address] = tx.table(addresses).by('association', { associationId });
  if (address === undefined || !isIn(scope, address)) throw notFound('eipassoc', associationId);
  return address;
}
