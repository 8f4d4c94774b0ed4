// A whole control plane in memory, spoken to by the IAM client of the AWS SDK.
import { CreateInstanceProfileCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

export class IamRig {
  readonly ecsRig: EcsRig;
  readonly iam: IAMClient;

  private constructor(ecsRig: EcsRig) {
    this.ecsRig = ecsRig;
    this.iam = ecsRig.clientOf(IAMClient);
  }

  static async open(): Promise<IamRig> {
    return new IamRig(await EcsRig.open());
  }

  /** A role that tasks take. */
  role(RoleName = 'web', more: object = {}) {
    return this.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(), ...more }));
  }

  profile(InstanceProfileName = 'hosts') {
    return this.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  }
}

/** What a call was refused with, for toMatchObject. */
export const error = (name: string, message: string, httpStatusCode: number) => ({
  name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)) as string,
  message,
  $metadata: { httpStatusCode },
});

/** A policy by which the principal takes a role. */
export const trust = (principal: object | string = { Service: 'ecs-tasks.amazonaws.com' }) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });

/** What a call about the role `web` rejects with where it is not there. */
export const noRole = error('NoSuchEntity', 'The role with name web cannot be found.', 404);
