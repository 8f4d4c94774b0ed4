// CreateDefaultVpc: makes the default VPC again, for whoever has deleted it.
import { ensureDefaultNetwork, newDefaultVpc } from '../../state/network/default-network.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { defaultVpcExists } from '../../errors.ts';
import { presentVpc } from '../../present/vpc.ts';
import { defaultVpc } from '../resolve.ts';

export const createDefaultVpc: Ec2Operation<'CreateDefaultVpc'> = (ec2, _input, call) =>
  ec2.store.update((tx) => {
    const network = ensureDefaultNetwork(tx, ec2.random, call);
    if (defaultVpc(tx, call) !== undefined) throw defaultVpcExists();
    return { Vpc: presentVpc(newDefaultVpc(tx, ec2.random, network)) };
  });
