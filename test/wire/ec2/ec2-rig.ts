// A whole control plane in memory, spoken to by the EC2 client of the AWS SDK.
import { EC2Client } from '@aws-sdk/client-ec2';
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
}

/** What a call was refused with, for toMatchObject. */
export const error = (name: string, message?: string) => ({
  name,
  ...(message !== undefined && { message }),
});

/** An id of that kind which nothing has. */
export const unknownId = (prefix: string): string => `${prefix}-0123456789abcdef0`;
