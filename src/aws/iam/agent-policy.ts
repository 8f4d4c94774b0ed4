// What an agent's access key may do: what the official agent and Longshore's call, each for its own instances.
import { clusterKey, registeredByKey } from '../shared/condition-keys.ts';
import type { AccessKey } from './state/access-key/access-key.ts';

/** Allows `actions` where the resources and the conditions are met. */
export interface Statement {
  readonly actions: readonly string[];
  /** What each resource must match; default any. */
  readonly resources?: RegExp;
  /** By condition key, what each of its values must be. An action without the key is not allowed. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** The statements of `key`: whatever none of them allows is denied. */
export function agentPolicy({ accessKeyId, clusterArn }: AccessKey): readonly Statement[] {
  const inCluster = clusterArn === undefined ? {} : { [clusterKey]: clusterArn };
  const own = { [registeredByKey]: accessKeyId };
  return [
    { actions: ['sts:GetCallerIdentity'] },
    // An agent that is told no cluster makes the one that it registers into.
    { actions: ['ecs:CreateCluster'], resources: /:cluster\/default$/, conditions: inCluster },
    { actions: ['ecs:RegisterContainerInstance'], conditions: { ...own, ...inCluster } },
    {
      actions: [
        'ecs:DeregisterContainerInstance',
        'ecs:DiscoverPollEndpoint',
        'ecs:Poll',
        'ecs:StartTelemetrySession',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
        'ecs:UpdateContainerInstancesState',
      ],
      conditions: own,
    },
    // Asked for by a container that reads its metadata with tags.
    {
      actions: ['ecs:ListTagsForResource'],
      resources: /^arn:[^:]+:ecs:[^:]*:[^:]*:(container-instance|task)\//,
      conditions: own,
    },
  ];
}
