// The roles that a call hands to ECS or to its tasks: whoever calls must be allowed to pass them.
import { inPartitionOf } from '../../../lib/partition.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { PassedRole } from '../../../wire/authorise.ts';
import type { Caller } from '../../../wire/caller.ts';
import type * as shapes from '../shapes.generated.ts';
import type { KeyInput } from './condition-keys.ts';
import { foundDefinition } from './named-arn.ts';

const tasks = 'ecs-tasks.amazonaws.com';
const ecs = 'ecs.amazonaws.com';

type Input = KeyInput & {
  readonly managedInstancesProvider?: { readonly infrastructureRoleArn?: string } | undefined;
};

type Roles = (
  input: Input,
  caller: Caller,
  tx: ReadTransaction,
) => readonly (readonly [string | undefined, string])[];

/** Of the task as it would run: what the call overrides, and the rest of its definition. */
const ofTask: Roles = (
  { overrides, taskDefinition = '', volumeConfigurations: volumes = [] },
  caller,
  tx,
) => {
  const definition = foundDefinition(tx, caller, taskDefinition);
  return [
    [overrides?.taskRoleArn ?? definition?.taskRoleArn, tasks],
    [overrides?.executionRoleArn ?? definition?.executionRoleArn, tasks],
    ...volumes.map(({ managedEBSVolume }) => [managedEBSVolume?.roleArn, ecs] as const),
  ];
};

const ofService: Roles = (input) => [
  [input.role, ecs],
  ...(input.volumeConfigurations ?? []).map(
    ({ managedEBSVolume }) => [managedEBSVolume?.roleArn, ecs] as const,
  ),
  ...(input.loadBalancers ?? []).map(
    ({ advancedConfiguration }) => [advancedConfiguration?.roleArn, ecs] as const,
  ),
  ...(input.vpcLatticeConfigurations ?? []).map(({ roleArn }) => [roleArn, ecs] as const),
  ...(input.serviceConnectConfiguration?.services ?? []).map(({ tls }) => [tls?.roleArn, ecs] as const),
  ...hooksOf(input.deploymentConfiguration).map(({ roleArn }) => [roleArn, ecs] as const),
];

const hooksOf = (
  configuration: shapes.DeploymentConfiguration | undefined,
): readonly shapes.DeploymentLifecycleHook[] => configuration?.lifecycleHooks ?? [];

const ofProvider: Roles = ({ managedInstancesProvider }) => [
  [managedInstancesProvider?.infrastructureRoleArn, ecs],
];

const byOperation: Readonly<Record<string, Roles>> = {
  CreateCapacityProvider: ofProvider,
  CreateService: ofService,
  RegisterTaskDefinition: ({ taskRoleArn, executionRoleArn }) => [
    [taskRoleArn, tasks],
    [executionRoleArn, tasks],
  ],
  RunTask: ofTask,
  StartTask: ofTask,
  UpdateCapacityProvider: ofProvider,
  UpdateService: ofService,
};

/** The roles that a call of that operation passes; undefined where it passes none, whatever its input. */
export function passedRolesOf(
  operation: string,
): ((input: Input, caller: Caller, tx: ReadTransaction) => readonly PassedRole[]) | undefined {
  const roles = byOperation[operation];
  if (roles === undefined) return undefined;
  return (input, caller, tx) =>
    roles(input, caller, tx).flatMap(([role, service]) =>
      role === undefined || role === '' ? [] : [{ roleArn: roleArn(role, caller), service }],
    );
}

/** A role may be given by its name alone. */
const roleArn = (role: string, { accountId, region }: Caller): string =>
  role.startsWith('arn:')
    ? role
    : inPartitionOf(region, `arn:aws:iam::${accountId}:role/${role.replace(/^\//, '')}`);
