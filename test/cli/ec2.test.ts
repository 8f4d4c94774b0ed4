// The stock AWS CLI makes a network: what it writes of lists and structures, and how it reads answers and errors.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsCommands, type AwsCommands } from '../../test-support/aws-many.ts';
import { awsProgram } from '../../test-support/aws-program.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';

describe.skipIf(awsProgram === undefined)('aws ec2', () => {
  let server: RunningServer;
  let directory: string;

  let cli: AwsCommands;

  const aws = (...args: string[]): Promise<string> => cli.run('ec2', ...args, '--output', 'text');

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'longshore-ec2-'));
    server = await startServer({
      dataDirectory: directory,
      host: '127.0.0.1',
      port: 0,
      accountId: '000000000000',
      region: 'us-east-1',
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 1,
      throttling: 'off',
      log: silentLog,
      onFailure: (error) => {
        throw error;
      },
    });
    const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
    cli = awsCommands({
      ...process.env,
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
  });
  afterAll(async () => {
    await cli.close();
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  test('a VPC with a subnet and a security group', async () => {
    const tags = 'ResourceType=vpc,Tags=[{Key=Name,Value=shop}]';
    const vpc = await aws(
      'create-vpc',
      '--cidr-block=10.0.0.0/16',
      '--tag-specifications',
      tags,
      '--query=Vpc.VpcId',
    );
    const subnet = ['create-subnet', '--cidr-block=10.0.1.0/24', '--vpc-id', vpc];
    expect(await aws(...subnet, '--query=Subnet.CidrBlock')).toBe('10.0.1.0/24');
    const create = ['create-security-group', '--group-name=web', '--description=web', '--vpc-id', vpc];
    const group = await aws(...create, '--query=GroupId');
    const rule = ['--protocol=tcp', '--port=80-443', '--cidr=0.0.0.0/0'];
    const told = 'SecurityGroupRules[].[IpProtocol,FromPort,ToPort,CidrIpv4]';
    expect(await aws('authorize-security-group-ingress', '--group-id', group, ...rule, '--query', told)).toBe(
      'tcp\t80\t443\t0.0.0.0/0',
    );
    const named = ['--filters', 'Name=tag:Name,Values=sh*', '--query=Vpcs[].VpcId'];
    expect(await aws('describe-vpcs', ...named)).toBe(vpc);
    await expect(aws('delete-vpc', '--vpc-id', vpc)).rejects.toThrow(
      `An error occurred (DependencyViolation) when calling the DeleteVpc operation: The vpc '${vpc}' has dependencies and cannot be deleted.`,
    );
  });
});
