// NAT gateways come and go with time: PENDING, then AVAILABLE; DELETING, then DELETED, and an hour later forgotten.
import type { Store, WriteTransaction } from '../../../../store/store.ts';
import type { Controller } from '../../../shared/loop.ts';
import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import { natGateways, type NatGateway } from '../../state/nat-gateway/nat-gateway.ts';
import { deleteNetworkInterface } from '../../state/network-interface/create-network-interface.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import { nextState, type NextState } from './reconcile.ts';

export const natGatewayController: Controller = {
  name: 'nat-gateways',
  watch: (store, enqueue) =>
    store.watch(natGateways, (changes) => {
      for (const { key, after } of changes) if (after !== undefined) enqueue(key);
    }),
  allKeys: (store: Store) => store.view((tx) => [...tx.table(natGateways).all()].map(({ id }) => id)),
  sync: (key, store, now) =>
    store.update((tx) => {
      const gateway = tx.table(natGateways).get(key);
      if (gateway === undefined) return undefined;
      const next = nextState(gateway, tx.table(internetGateways).count('vpc', gateway) > 0);
      if (next === undefined || next.at > now) return next?.at;
      enter(tx, gateway, next.state, now);
      return undefined;
    }),
};

function enter(tx: WriteTransaction, gateway: NatGateway, state: NextState, now: number): void {
  if (state === 'forgotten') {
    tx.table(natGateways).delete(gateway.id);
    return;
  }
  const held = tx.table(networkInterfaces).get(gateway.networkInterfaceId);
  if (state !== 'available' && held !== undefined) deleteNetworkInterface(tx, held);
  tx.table(natGateways).put({
    ...gateway,
    state,
    since: now,
    ...(state === 'deleted' && { deletedAt: now }),
    ...(state === 'failed' && {
      failure: gateway.failure ?? {
        code: 'Gateway.NotAttached',
        message: `Network ${gateway.vpcId} has no Internet gateway attached`,
      },
    }),
  });
}
