// What the caller of an operation of Longshore's own must be allowed beside it: what the operation does that AWS has an action for, so
// that nobody reaches past a policy by another way to the same thing.
import { lastPart } from '../lib/arn.ts';
import { clusterKey } from '../aws/shared/condition-keys.ts';
import { clusterArn, serviceArn, taskArn } from '../aws/ecs/state/arn.ts';
import type { FurtherAction, OperationAccess } from '../wire/authorise.ts';
import type { Caller } from '../wire/caller.ts';
import type { Members } from '../wire/protocols/protocol.ts';

interface References {
  readonly cluster?: string;
  readonly kind?: string;
  readonly service?: string;
  readonly task?: string;
}

type Further = (input: References, caller: Caller) => readonly FurtherAction[];

const clusterOf = ({ cluster = 'default' }: References): string => lastPart(cluster);

/** An action of ECS on one thing of the cluster. */
const inCluster = (
  action: string,
  arnOf: (caller: Caller, cluster: string, name: string) => string,
  name: (input: References) => string | undefined,
): Further => {
  return (input, caller) => [
    {
      action,
      resources: [arnOf(caller, clusterOf(input), lastPart(name(input) ?? ''))],
      conditions: { [clusterKey]: [clusterArn(caller, clusterOf(input))] },
    },
  ];
};

/** Keys of Longshore's own are the root's, or as those of the root for agents. */
const ofRootKeys =
  (action: string): Further =>
  (_input, { accountId }) => [{ action, resources: [`arn:aws:iam::${accountId}:root`] }];

const replaceTask = inCluster('ecs:StopTask', taskArn, ({ task }) => task);
const updateService = inCluster('ecs:UpdateService', serviceArn, ({ service }) => service);

const further: Readonly<Record<string, Further>> = {
  CreateAccessKey: ofRootKeys('iam:CreateAccessKey'),
  DeleteAccessKey: ofRootKeys('iam:DeleteAccessKey'),
  ListAccessKeys: ofRootKeys('iam:ListAccessKeys'),
  ListTrailEvents: () => [{ action: 'cloudtrail:LookupEvents', resources: ['*'] }],
  ReplaceTask: replaceTask,
  UpdateServiceImages: (input, caller) => [
    ...updateService(input, caller),
    { action: 'ecs:RegisterTaskDefinition', resources: ['*'] },
  ],
};

/** By operation. */
export const longshoreAccess: Readonly<Record<string, OperationAccess>> = Object.fromEntries(
  Object.entries(further).map(([name, of]) => [
    name,
    { furtherActions: (input: Members, caller: Caller) => of(input as References, caller) },
  ]),
);
