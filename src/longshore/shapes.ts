// The shapes of Longshore's own requests: small enough to be written by hand. Outputs need none, they are encoded as they are.
import type { Shape, ApiModel } from '../wire/model.ts';

/** What `X-Amz-Target` starts with; the date is that of the API's version. */
export const longshoreTargetPrefix = 'Longshore_20261120';

const structure = (members: Readonly<Record<string, string>>, required: readonly string[] = []): Shape => ({
  kind: 'structure',
  members,
  required,
});
const list = (of: string): Shape => ({ kind: 'list', of });

export const longshoreModel: ApiModel = {
  signingName: 'ecs',
  targetPrefix: longshoreTargetPrefix,
  emptyIsAbsent: true,
  shapes: {
    String: 'string',
    Integer: 'integer',
    Boolean: 'boolean',
    Strings: list('String'),
    Empty: structure({}),
    ExplainPlacement: structure({
      cluster: 'String',
      taskDefinition: 'String',
      task: 'String',
      service: 'String',
      attemptId: 'String',
    }),
    PlanPlacement: structure({
      cluster: 'String',
      runs: 'Runs',
      without: 'Strings',
      services: 'ServiceCounts',
    }),
    Runs: list('Run'),
    Run: structure(
      {
        taskDefinition: 'String',
        count: 'Integer',
        group: 'String',
        placementConstraints: 'Constraints',
        placementStrategy: 'Strategies',
        launchType: 'LaunchType',
        capacityProviderStrategy: 'ProviderStrategy',
      },
      ['taskDefinition'],
    ),
    Constraints: list('Constraint'),
    Constraint: structure({ type: 'ConstraintType', expression: 'String' }),
    ConstraintType: { kind: 'enum', values: ['distinctInstance', 'memberOf'] },
    Strategies: list('Strategy'),
    Strategy: structure({ type: 'StrategyType', field: 'String' }),
    StrategyType: { kind: 'enum', values: ['binpack', 'random', 'spread'] },
    LaunchType: { kind: 'enum', values: ['EC2', 'EXTERNAL'] },
    ProviderStrategy: list('ProviderItem'),
    ProviderItem: structure({ capacityProvider: 'String', weight: 'Integer', base: 'Integer' }, [
      'capacityProvider',
    ]),
    ServiceCounts: list('ServiceCount'),
    ServiceCount: structure({ service: 'String', desiredCount: 'Integer' }, ['service', 'desiredCount']),
    ExplainService: structure({ cluster: 'String', service: 'String', serviceDeploymentArn: 'String' }, [
      'service',
    ]),
    UpdateServiceImages: structure(
      { cluster: 'String', service: 'String', images: 'Images', forceNewDeployment: 'Boolean' },
      ['service', 'images'],
    ),
    Images: list('Image'),
    Image: structure({ containerName: 'String', image: 'String' }, ['containerName', 'image']),
    ReplaceTask: structure({ cluster: 'String', task: 'String' }, ['task']),
    DescribeDeploymentFailures: structure(
      { cluster: 'String', service: 'String', deployment: 'String', maxResults: 'Integer' },
      ['service'],
    ),
    DescribeInstanceHosts: structure({ cluster: 'String', containerInstances: 'Strings' }),
    DescribeTaskEnds: structure({ cluster: 'String', tasks: 'Strings' }),
    DescribeTaskFailures: structure({ cluster: 'String', maxResults: 'Integer' }),
    CreateAccessKey: structure({ userName: 'String', kind: 'AccessKeyKind', cluster: 'String' }),
    AccessKeyKind: { kind: 'enum', values: ['root', 'agent'] },
    DeleteAccessKey: structure({ accessKeyId: 'String' }, ['accessKeyId']),
  },
  operations: {
    ExplainPlacement: { input: 'ExplainPlacement', output: 'Empty' },
    ExplainService: { input: 'ExplainService', output: 'Empty' },
    PlanPlacement: { input: 'PlanPlacement', output: 'Empty' },
    UpdateServiceImages: { input: 'UpdateServiceImages', output: 'Empty' },
    ReplaceTask: { input: 'ReplaceTask', output: 'Empty' },
    DescribeDeploymentFailures: { input: 'DescribeDeploymentFailures', output: 'Empty' },
    DescribeInstanceHosts: { input: 'DescribeInstanceHosts', output: 'Empty' },
    DescribeTaskEnds: { input: 'DescribeTaskEnds', output: 'Empty' },
    DescribeTaskFailures: { input: 'DescribeTaskFailures', output: 'Empty' },
    CreateAccessKey: { input: 'CreateAccessKey', output: 'Empty' },
    ListAccessKeys: { input: 'Empty', output: 'Empty' },
    DeleteAccessKey: { input: 'DeleteAccessKey', output: 'Empty' },
  },
};
