// What commands rely on in the answers of Longshore's own API: the server may be of an earlier version, whose answers had less.
import type {
  CreateAccessKeyOutput,
  DescribeInstanceHostsOutput,
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
  readonly DescribeTaskFailures: DescribeTaskFailuresOutput;
  readonly ExplainPlacement: ExplainPlacementOutput;
  readonly ExplainService: ExplainServiceOutput;
  readonly ListAccessKeys: ListAccessKeysOutput;
  readonly PlanPlacement: PlanPlacementOutput;
  readonly ReplaceTask: ReplaceTaskOutput;
  readonly UpdateServiceImages: UpdateServiceImagesOutput;
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

/** Every member that the contract requires, those of structures too: the compiler asks for each. What is in lists is not checked. */
type Members<T> = {
  readonly [K in RequiredKeys<T>]: T[K] extends readonly unknown[]
    ? true
    : T[K] extends object
      ? Members<T[K]>
      : true;
};
interface Nested {
  readonly [member: string]: true | Nested;
}

const members: { readonly [Operation in keyof Answers]: Members<Answers[Operation]> } = {
  CreateAccessKey: {
    accessKey: {
      accessKeyId: true,
      secretAccessKey: true,
      kind: true,
      status: true,
      userName: true,
      createdAt: true,
    },
  },
  DescribeDeploymentFailures: { serviceArn: true, total: true, failures: true },
  DescribeInstanceHosts: { hosts: true },
  DescribeTaskFailures: { clusterArn: true, total: true, failures: true },
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
    now: { instances: true, fitCount: true, fits: true, verdicts: true },
    unsupported: true,
    suggestions: true,
    attempts: true,
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
    deployments: true,
    waiting: true,
    failedTaskCount: true,
    failedTasks: true,
  },
  ListAccessKeys: { accessKeys: true },
  PlanPlacement: {
    clusterArn: true,
    instances: true,
    lost: { instances: true, standaloneTasks: true, standaloneTaskCount: true },
    stopped: true,
    runs: true,
  },
  ReplaceTask: { taskArn: true, serviceArn: true },
  UpdateServiceImages: {
    serviceArn: true,
    clusterArn: true,
    taskDefinitionArn: true,
    previousTaskDefinitionArn: true,
    changes: true,
  },
};

/** The first member that the answer to `operation` lacks, as `now.fits`; undefined when it is complete, or nothing is relied on. */
export const missingMember = (operation: string, answer: object): string | undefined =>
  Object.hasOwn(members, operation)
    ? missingIn(members[operation as keyof Answers] as Nested, answer)
    : undefined;

function missingIn(expected: Nested, value: unknown): string | undefined {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  for (const [name, inside] of Object.entries(expected)) {
    const member = found[name];
    if (member === undefined) return name;
    const deeper = inside === true ? undefined : missingIn(inside, member);
    if (deeper !== undefined) return `${name}.${deeper}`;
  }
  return undefined;
}
