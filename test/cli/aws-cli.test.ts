// The stock AWS CLI against a server on a socket: its waiters, and --query on what it describes.
import { ECS } from '@aws-sdk/client-ecs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsCommands, type AwsCommands } from '../../test-support/aws-many.ts';
import { awsProgram } from '../../test-support/aws-program.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { connectAgent } from '../../test-support/recording-agent.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';

describe.skipIf(awsProgram === undefined)('the AWS CLI', () => {
  let server: RunningServer;
  let directory: string;
  /** What others do meanwhile. */
  let ecs: ECS;

  let cli: AwsCommands;

  const command = (...args: string[]): Promise<string> => cli.run(...args, '--output', 'json');
  const aws = (...args: string[]): Promise<string> => command('ecs', ...args);
  const value = async (...args: string[]): Promise<unknown> => JSON.parse(await aws(...args)) as unknown;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'longshore-cli-'));
    server = await startServer({
      dataDirectory: directory,
      host: '127.0.0.1',
      port: 0,
      accountId: '000000000000',
      region: 'us-east-1',
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 1,
      throttling: 'off',
      cluster: 'default',
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
    ecs = new ECS({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: server.controlPlane.administrator,
    });
    const { containerInstance } = await ecs.registerContainerInstance({
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 1024 },
      ],
    });
    const { containerInstanceArn = '' } = containerInstance!;
    // Of protocol version 1, so that it is not dropped for saying nothing.
    connectAgent(server.controlPlane.link, aScope, { containerInstanceArn, protocolVersion: '1' });
    const containers = [{ name: 'app', image: 'busybox', memory: 16 }];
    await aws(
      'register-task-definition',
      '--family',
      'f',
      '--container-definitions',
      JSON.stringify(containers),
    );
  }, 60_000);
  afterAll(async () => {
    await cli.close();
    ecs.destroy();
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  const report = (task: string, status: string): Promise<unknown> =>
    ecs.submitTaskStateChange({ task, status });

  test('waits for tasks to run and to stop', async () => {
    const task = (await value('run-task', '--task-definition', 'f', '--query', 'tasks[0].taskArn')) as string;
    await report(task, 'RUNNING');
    await aws('wait', 'tasks-running', '--tasks', task);
    const shown = await value(
      'describe-tasks',
      '--tasks',
      task,
      '--query',
      'tasks[].[lastStatus,containers[0].name]',
    );
    expect(shown).toEqual([['RUNNING', 'app']]);
    await aws('stop-task', '--task', task);
    await report(task, 'STOPPED');
    await aws('wait', 'tasks-stopped', '--tasks', task);
    await expect(aws('wait', 'tasks-running', '--tasks', task)).rejects.toThrow('terminal failure state');
  }, 60_000);

  test('waits for services to be stable and to be inactive', async () => {
    await aws('create-service', '--service-name', 'web', '--task-definition', 'f', '--desired-count', '0');
    await aws('wait', 'services-stable', '--services', 'web');
    const query = 'services[0].[serviceName,status,length(deployments)]';
    expect(await value('describe-services', '--services', 'web', '--query', query)).toEqual([
      'web',
      'ACTIVE',
      1,
    ]);
    await aws('delete-service', '--service', 'web');
    await aws('wait', 'services-inactive', '--services', 'web');
    await expect(aws('wait', 'services-stable', '--services', 'web')).rejects.toThrow(
      'terminal failure state',
    );
  }, 60_000);

  test('tells who is calling', async () => {
    const arn = await command('sts', 'get-caller-identity', '--query', 'Arn');
    expect(JSON.parse(arn)).toBe('arn:aws:iam::000000000000:user/administrator');
  });

  test('asks IAM what a user may do', async () => {
    await command('iam', 'create-user', '--user-name', 'ada');
    const policy = 'arn:aws:iam::aws:policy/AmazonECS_FullAccess';
    await command('iam', 'attach-user-policy', '--user-name', 'ada', '--policy-arn', policy);
    const asked = [
      '--policy-source-arn',
      'arn:aws:iam::000000000000:user/ada',
      '--action-names',
      'ecs:RunTask',
    ];
    const decision = ['--query', 'EvaluationResults[0].EvalDecision'];
    expect(JSON.parse(await command('iam', 'simulate-principal-policy', ...asked, ...decision))).toBe(
      'allowed',
    );
  });

  test.each([
    ['autoscaling describe-auto-scaling-groups', 'InvalidAction', 'Auto Scaling (autoscaling)'],
    ['route53 list-hosted-zones', 'InvalidAction', 'Amazon Route 53 (route53)'],
    ['lambda list-functions', 'UnknownOperationException', 'AWS Lambda (lambda)'],
    ['cloudwatch list-metrics', 'UnknownOperationException', 'Amazon CloudWatch (monitoring)'],
  ])('says that %s is not served, in words', async (call, code, service) => {
    const told = await command(...call.split(' ')).catch((error: unknown) => (error as Error).message);
    expect(told).toContain(`An error occurred (${code}) when calling the `);
    expect(told).toContain(`operation: Longshore does not serve ${service}, only `);
  });

  test('describes clusters, instances, definitions and providers as queries ask for', async () => {
    const [arn] = (await value('list-container-instances', '--query', 'containerInstanceArns')) as [string];
    const free = "containerInstances[0].remainingResources[?name=='MEMORY'].integerValue | [0]";
    expect(await value('describe-container-instances', '--container-instances', arn, '--query', free)).toBe(
      1024,
    );
    expect(await value('describe-clusters', '--query', 'clusters[0].registeredContainerInstancesCount')).toBe(
      1,
    );
    const definition = await value(
      'describe-task-definition',
      '--task-definition',
      'f',
      '--query',
      'taskDefinition.revision',
    );
    expect(definition).toBe(1);
    const names = await value('describe-capacity-providers', '--query', 'sort(capacityProviders[].name)');
    expect(names).toEqual(['FARGATE', 'FARGATE_SPOT']);
  }, 60_000);

  test('tells the error of a call that is refused', async () => {
    await expect(aws('describe-tasks', '--tasks', 'x')).rejects.toThrow(
      'taskId length should be one of [32,36]',
    );
    await expect(aws('list-tasks', '--cluster', 'nope')).rejects.toThrow('ClusterNotFoundException');
  }, 60_000);
});
