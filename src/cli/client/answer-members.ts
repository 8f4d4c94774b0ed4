// What commands rely on in the answers of Longshore's own API: the server may be of an earlier version, whose answers had less.
import type {
  CreateAccessKeyOutput,
  DescribeInstanceHostsOutput,
  DescribeTaskEndsOutput,
  ExplainPlacementOutput,
  ListAccessKeysOutput,
  PlanPlacementOutput,
  ReplaceTaskOutput,
} from '../../longshore/contract.ts';
import type {
  DescribeDeploymentFailuresOutput,
  DescribeTaskFailuresOutput,
} from '../../longshore/failure-contract.ts';
import type { ExplainServiceOutput, UpdateServiceImagesOutput } from '../../longshore/service/contract.ts';

interface Answers {
  readonly CreateAccessKey: CreateAccessKeyOutput;
  readonly DescribeDeploymentFailures: DescribeDeploymentFailuresOutput;
  readonly DescribeInstanceHosts: DescribeInstanceHostsOutput;
  readonly DescribeTaskEnds: DescribeTaskEndsOutput;
  readonly DescribeTaskFailures: DescribeTaskFailuresOutput;
  readonly ExplainPlacement: ExplainPlacementOutput;
  readonly ExplainService: ExplainServiceOutput;
  readonly ListAccessKeys: ListAccessKeysOutput;
  readonly PlanPlacement: PlanPlacementOutput;
  readonly ReplaceTask: ReplaceTaskOutput;
  readonly UpdateServiceImages: UpdateServiceImagesOutput;
}

/** Of members that are named; a rejection has figures of names that only its filter knows. */
type RequiredKeys<T> = keyof {
  [K in keyof T as string extends K ? never : undefined extends T[K] ? never : K]: true;
};

/**
 * Every member that the contract requires, those of structures and of the elements of lists too: the compiler asks for each. Of
 * alternatives, those that all of them have.
 */
type Members<T> = [T] extends [readonly (infer Element)[]]
  ? [Element] extends [object]
    ? readonly [Members<Element>]
    : true
  : [T] extends [object]
    ? { readonly [K in RequiredKeys<T> & keyof T]: Members<T[K]> }
    : true;
type Expected = true | readonly [Expected] | { readonly [member: string]: Expected };

const failure = {
  cause: true,
  taskArn: true,
  taskDefinitionArn: true,
  createdAt: true,
  stoppedAt: true,
  containers: [{ name: true, image: true, essential: true, healthStatus: true }],
} as const;
const instance = { containerInstanceArn: true } as const;
const rejection = { filter: true, reason: true, detail: true } as const;
const holder = { taskArn: true, taskDefinition: true, group: true, cpu: true, memory: true } as const;
const verdict = {
  filter: true,
  reason: true,
  count: true,
  instances: [{ ...instance, ...rejection, further: [rejection], holders: [holder] }],
} as const;
const accessKey = { accessKeyId: true, kind: true, status: true, userName: true, createdAt: true } as const;

const members: { readonly [Operation in keyof Answers]: Members<Answers[Operation]> } = {
  CreateAccessKey: {
    accessKey: { ...accessKey, secretAccessKey: true },
  },
  DescribeDeploymentFailures: { serviceArn: true, total: true, failures: [failure] },
  DescribeInstanceHosts: { hosts: [instance] },
  DescribeTaskEnds: { ends: [{ taskArn: true, isEndedByHost: true }] },
  DescribeTaskFailures: { clusterArn: true, total: true, failures: [failure] },
  ExplainPlacement: {
    clusterArn: true,
    taskDefinitionArn: true,
    taskDefinition: true,
    group: true,
    asks: {
      cpu: true,
      memory: true,
      ports: true,
      portsUdp: true,
      requiresAttributes: true,
      constraints: true,
    },
    now: {
      instances: true,
      fitCount: true,
      fits: [{ ...instance, freeCpu: true, freeMemory: true }],
      verdicts: [verdict],
    },
    unsupported: [{ feature: true }],
    suggestions: [{ kind: true, text: true }],
    attempts: [
      {
        attemptId: true,
        by: true,
        taskDefinitionArn: true,
        group: true,
        wanted: true,
        placed: true,
        times: true,
        at: true,
        verdicts: [verdict],
      },
    ],
  },
  ExplainService: {
    serviceArn: true,
    clusterArn: true,
    status: true,
    schedulingStrategy: true,
    deploymentController: true,
    strategy: true,
    desiredCount: true,
    runningCount: true,
    pendingCount: true,
    healthyCount: true,
    unreachableCount: true,
    health: { checkedContainers: true, healthyAfterSeconds: true, gracePeriodSeconds: true },
    deployments: [
      {
        id: true,
        status: true,
        taskDefinition: true,
        desiredCount: true,
        runningCount: true,
        pendingCount: true,
        stoppingCount: true,
        failedTasks: true,
        unhealthyTasks: true,
        createdAt: true,
      },
    ],
    waiting: [{ kind: true }],
    failedTaskCount: true,
    failedTasks: [
      {
        taskArn: true,
        taskDefinition: true,
        deploymentId: true,
        stopCode: true,
        stoppedReason: true,
        stoppedAt: true,
        containers: [{ name: true }],
      },
    ],
  },
  ListAccessKeys: { accessKeys: [accessKey] },
  PlanPlacement: {
    clusterArn: true,
    instances: true,
    lost: { instances: [instance], standaloneTasks: true, standaloneTaskCount: true },
    stopped: [{ serviceArn: true, count: true, taskArns: true }],
    runs: [
      {
        cause: true,
        taskDefinitionArn: true,
        taskDefinition: true,
        group: true,
        wanted: true,
        placed: true,
        placements: [{ ...instance, count: true }],
        waiting: [{ capacityProviderName: true, count: true }],
        emptyCapacityProviders: true,
        verdicts: [verdict],
      },
    ],
  },
  ReplaceTask: { taskArn: true, serviceArn: true },
  UpdateServiceImages: {
    serviceArn: true,
    clusterArn: true,
    taskDefinitionArn: true,
    previousTaskDefinitionArn: true,
    changes: [{ containerName: true, from: true, to: true }],
  },
};

/** The first member that the answer to `operation` lacks, as `now.fits[0].freeCpu`; undefined when it is complete, or nothing is relied on. */
export const missingMember = (operation: string, answer: object): string | undefined =>
  Object.hasOwn(members, operation)
    ? missingIn(members[operation as keyof Answers], answer)?.replace(/^\./, '')
    : undefined;

/** A path that begins with a dot or a bracket; empty where `value` itself is not what it should be. */
function missingIn(expected: Expected, value: unknown): string | undefined {
  if (value === undefined) return '';
  if (expected === true) return undefined;
  const found = typeof value === 'object' && value !== null ? value : {};
  const parts: Iterable<readonly [string, Expected, unknown]> = isList(expected)
    ? elementsOf(found, expected[0])
    : Object.entries(expected).map(([name, inside]) => [
        `.${name}`,
        inside,
        found[name as keyof typeof found],
      ]);
  for (const [part, inside, member] of parts) {
    const deeper = missingIn(inside, member);
    if (deeper !== undefined) return `${part}${deeper}`;
  }
  return undefined;
}

const isList = (expected: Expected): expected is readonly [Expected] => Array.isArray(expected);

const elementsOf = (found: object, expected: Expected): Iterable<readonly [string, Expected, unknown]> =>
  Array.isArray(found)
    ? found.map((element: unknown, at) => [`[${at}]`, expected, element])
    : [['[]', true, undefined]];
