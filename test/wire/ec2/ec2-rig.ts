// A whole control plane in memory, spoken to by the EC2 client of the AWS SDK.
import {
  DescribePrefixListsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

export class Ec2Rig {
  readonly ecsRig: EcsRig;
  readonly ec2: EC2Client;

  private constructor(ecsRig: EcsRig) {
    this.ecsRig = ecsRig;
    this.ec2 = ecsRig.clientOf(EC2Client);
  }

  static async open(): Promise<Ec2Rig> {
    return new Ec2Rig(await EcsRig.open());
  }

  client(region: string): EC2Client {
    return this.ecsRig.clientOf(EC2Client, region);
  }

  /** Time goes on, in ms. */
  advance(ms: number): Promise<void> {
    return this.ecsRig.clock.advance(ms);
  }

  async defaultVpcId(): Promise<string> {
    return (await this.ec2.send(new DescribeVpcsCommand({}))).Vpcs![0]!.VpcId!;
  }

  /** Of the default VPC, in the order of their zones. */
  async subnetIds(): Promise<string[]> {
    return (await this.ec2.send(new DescribeSubnetsCommand({})))
      .Subnets!.toSorted((one, other) => (one.AvailabilityZone! < other.AvailabilityZone! ? -1 : 1))
      .map(({ SubnetId }) => SubnetId!);
  }

  /** Of the list of that service's addresses. */
  async prefixListId(service: string): Promise<string> {
    const Filters = [{ Name: 'prefix-list-name', Values: [service] }];
    return (await this.ec2.send(new DescribePrefixListsCommand({ Filters }))).PrefixLists![0]!.PrefixListId!;
  }
}

/** What a call was refused with, for toMatchObject. */
export const error = (name: string, message?: string) => ({
  name,
  ...(message !== undefined && { message }),
});

/** An id of that kind which nothing has. */
export const unknownId = (prefix: string): string => `${prefix}-0123456789abcdef0`;
