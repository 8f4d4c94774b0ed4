// A thousand random calls of users with random policies, through the whole server: who may is answered, and who may not changes nothing.
// LONGSHORE_SEED=7 replays one sequence.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  ECSClient,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateClusterSettingsCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import * as iam from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { seededRandom, type Random } from '../../../src/lib/random.ts';
import { arnPrefix, EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';
import { flushPromises } from '../../../test-support/virtual-clock.ts';

const clusters = ['blue', 'green', 'red'] as const;
type Cluster = (typeof clusters)[number];

/** By action, a call of it for a cluster. Whether it succeeds is not the question. */
const calls = {
  CreateCluster: (ecs: ECSClient, clusterName: Cluster) =>
    ecs.send(new CreateClusterCommand({ clusterName })),
  CreateService: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(new CreateServiceCommand({ cluster, serviceName: 's', taskDefinition: 'web', desiredCount: 1 })),
  DeleteService: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(new DeleteServiceCommand({ cluster, service: 's', force: true })),
  DescribeClusters: (ecs: ECSClient) => ecs.send(new DescribeClustersCommand({})),
  ListTasks: (ecs: ECSClient, cluster: Cluster) => ecs.send(new ListTasksCommand({ cluster })),
  PutClusterCapacityProviders: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(
      new PutClusterCapacityProvidersCommand({
        cluster,
        capacityProviders: [],
        defaultCapacityProviderStrategy: [],
      }),
    ),
  RunTask: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(new RunTaskCommand({ cluster, taskDefinition: 'web' })),
  StopTask: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(new StopTaskCommand({ cluster, task: '0'.repeat(32) })),
  UpdateClusterSettings: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(
      new UpdateClusterSettingsCommand({
        cluster,
        settings: [{ name: 'containerInsights', value: 'enabled' }],
      }),
    ),
  UpdateService: (ecs: ECSClient, cluster: Cluster) =>
    ecs.send(new UpdateServiceCommand({ cluster, service: 's', desiredCount: 2 })),
} as const;
type Action = keyof typeof calls;
const actions = Object.keys(calls) as Action[];

interface Grant {
  readonly effect: 'Allow' | 'Deny';
  readonly action: Action | '*';
  /** Undefined: everywhere. */
  readonly cluster: Cluster | undefined;
}

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random.next() * all.length)]!;

const randomGrant = (random: Random): Grant => ({
  effect: random.next() < 0.75 ? 'Allow' : 'Deny',
  action: random.next() < 0.15 ? '*' : pick(random, actions),
  cluster: random.next() < 0.3 ? undefined : pick(random, clusters),
});

const statementOf = ({ effect, action, cluster }: Grant) => ({
  Effect: effect,
  Action: `ecs:${action}`,
  Resource: '*',
  ...(cluster && { Condition: { ArnEquals: { 'ecs:cluster': `${arnPrefix}:cluster/${cluster}` } } }),
});

/** The rule by itself: an allow, and no deny. */
function mayDo(grants: readonly Grant[], action: Action, cluster: Cluster): boolean {
  // Of no cluster in particular: it asks for the one that is called default.
  const where = action === 'DescribeClusters' ? undefined : cluster;
  const concerned = grants.filter(
    (grant) =>
      (grant.action === '*' || grant.action === action) &&
      (grant.cluster === undefined || grant.cluster === where),
  );
  return (
    concerned.some(({ effect }) => effect === 'Allow') && concerned.every(({ effect }) => effect === 'Allow')
  );
}

async function newUser(rig: EcsRig, name: string, grants: readonly Grant[]): Promise<ECSClient> {
  const admin = rig.clientOf(iam.IAMClient);
  await admin.send(new iam.CreateUserCommand({ UserName: name }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: grants.map(statementOf) });
  await admin.send(new iam.PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument }));
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName: name }));
  const keys = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  return sdkClientOf(ECSClient, rig.controlPlane.handle, keys, { clock: rig.clock });
}

/** Whether the call was let through; one that fails otherwise was. */
async function isLet(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    return (error as Error).name !== 'AccessDeniedException';
  }
}

const stated = process.env['LONGSHORE_SEED'];
const seeds = stated === undefined ? Array.from({ length: 10 }, (_, seed) => seed) : [Number(stated)];

test.each(seeds)('sequence %i', async (seed) => {
  const random = seededRandom(seed);
  const rig = await EcsRig.open();
  for (const clusterName of clusters) {
    await rig.ecs.send(new CreateClusterCommand({ clusterName }));
    await rig.instance({ cluster: clusterName });
  }
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 6 }],
    }),
  );
  const people: { readonly client: ECSClient; readonly grants: readonly Grant[] }[] = [];
  for (let index = 0; index < 4; index++) {
    const grants = Array.from({ length: 1 + Math.floor(random.next() * 8) }, () => randomGrant(random));
    people.push({ grants, client: await newUser(rig, `user-${index}`, grants) });
  }
  const seen = { denied: 0, let: 0 };
  for (let round = 0; round < 100; round++) {
    const [{ client, grants }, action, cluster] = [
      pick(random, people),
      pick(random, actions),
      pick(random, clusters),
    ];
    await flushPromises();
    const before = rig.controlPlane.store.revision;
    const wasLet = await isLet(calls[action](client, cluster));
    const what = `seed ${seed}, call ${round}: ${action} on ${cluster} with ${JSON.stringify(grants)}`;
    expect(wasLet, what).toBe(mayDo(grants, action, cluster));
    if (!wasLet) expect(rig.controlPlane.store.revision, what).toBe(before);
    seen[wasLet ? 'let' : 'denied']++;
  }
  expect(seen.denied).toBeGreaterThan(0);
  await rig.controlPlane.stop();
});
