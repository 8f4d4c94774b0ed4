import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentInternetGateway } from '../../present/internet-gateway.ts';
import { newTags } from '../tags.ts';

/** CreateInternetGateway: one of no VPC yet. */
export const createInternetGateway: Ec2Operation<'CreateInternetGateway'> = (ec2, input, call) => {
  const tags = newTags(input.TagSpecifications, 'internet-gateway');
  return ec2.store.update((tx) => {
    const gateway = tx.table(internetGateways).put({ ...scopeOf(call), id: newId(ec2.random, 'igw'), tags });
    return { InternetGateway: presentInternetGateway(gateway) };
  });
};
