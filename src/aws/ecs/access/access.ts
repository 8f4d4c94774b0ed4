// What the caller of each ECS operation must be allowed to do it to: the resources that IAM's reference of ECS names, and condition keys.
import { lastPart } from '../../../lib/arn.ts';
import { clusterKey, registeredByKey } from '../../shared/condition-keys.ts';
import type { ReadTransaction, Store } from '../../../store/store.ts';
import type { Caller } from '../../../wire/caller.ts';
import type { FurtherAction, OperationAccess, Tags } from '../../../wire/authorise.ts';
import { effectiveFor } from '../operations/account-setting/effective-setting.ts';
import { resolveTaggable } from '../operations/tag/resolve-taggable.ts';
import { settingsPrincipal } from '../state/account-setting/account-setting.ts';
import { conditionKeys, type KeyInput } from './condition-keys.ts';
import { asArn, clusterOf, foundDefinition, memberArn, unlessMalformed } from './named-arn.ts';
import { passedRolesOf } from './passed-roles.ts';
import { namedInstances, type NamedInstances } from './named-instances.ts';
import type { References } from './references.ts';
import {
  capacityProviderArn,
  clusterArn,
  containerInstanceArn,
  serviceArn,
  taskArn,
  taskDefinitionArn,
  taskSetArn,
} from '../state/arn.ts';

/** The ARNs of the resources in an input. What is malformed stays as it was given: the operation refuses it in its own words. */
type Resources = (input: References, caller: Caller, tx: ReadTransaction) => readonly string[];
type One = (input: References) => string | undefined;
type Many = (input: References) => readonly (string | undefined)[] | undefined;

/** Each of what `many` finds in the input, by the ARN that `arnOf` makes of a name. */
const each =
  (many: Many, arnOf: (caller: Caller, name: string, input: References) => string): Resources =>
  (input, caller) =>
    (many(input) ?? []).flatMap((one) =>
      one === undefined ? [] : [memberArn(one, (name) => arnOf(caller, name, input))],
    );
const the =
  (one: One): Many =>
  (input) => [one(input)];

const clusters = (many: Many) => each(many, clusterArn);
const cluster = clusters(({ cluster: name = 'default' }) => [name]);
const instances = (many: Many) =>
  each(many, (caller, id, input) => containerInstanceArn(caller, clusterOf(input), id));
const tasks = (many: Many) => each(many, (caller, id, input) => taskArn(caller, clusterOf(input), id));
const services = (many: Many) =>
  each(many, (caller, name, input) => serviceArn(caller, clusterOf(input), name));
const service = services(the(({ service: name }) => name));
const taskSets = (many: Many) =>
  each(many, (caller, id, input) => taskSetArn(caller, clusterOf(input), lastPart(input.service ?? ''), id));
const providers = (many: Many) => each(many, capacityProviderArn);
const listed = (many: Many) => each(many, (_caller, name) => name);
const definitions =
  (many: Many): Resources =>
  (input, caller, tx) =>
    (many(input) ?? []).flatMap((one) => (one === undefined ? [] : [definitionArn(tx, caller, one)]));

/** A family's name stands for its latest revision; where there is none, for any. */
function definitionArn(tx: ReadTransaction, caller: Caller, reference: string): string {
  const found = foundDefinition(tx, caller, reference);
  if (found !== undefined) return taskDefinitionArn(caller, found.family, found.revision);
  const arn = asArn(reference, (name) => taskDefinitionArn(caller, name.split(':', 1)[0]!, '*'));
  return /\/[^/:]+$/.test(arn) ? `${arn}:*` : arn;
}

const task = tasks(the(({ task: id }) => id));
const allTasks = tasks((input) => input.tasks);
const allInstances = instances((input) => input.containerInstances);
const attributeTargets = instances(({ attributes }) => attributes?.map(({ targetId }) => targetId));
const provider = providers(({ capacityProvider, name }) => [capacityProvider ?? name]);
const family: Resources = ({ family: name = '' }, caller) => [taskDefinitionArn(caller, name, '*')];
const definition = definitions(the(({ taskDefinition }) => taskDefinition));
const deployment = listed(the(({ serviceDeploymentArn }) => serviceDeploymentArn));
const taggable = listed(the(({ resourceArn }) => resourceArn));
const anyTaskSet = taskSets(() => ['*']);

/** Those that are not here act on `*`. */
const resources: Readonly<Record<string, Resources>> = {
  ContinueServiceDeployment: deployment,
  CreateCapacityProvider: provider,
  CreateCluster: clusters(({ clusterName = 'default' }) => [clusterName]),
  CreateService: services(the(({ serviceName }) => serviceName)),
  CreateTaskSet: anyTaskSet,
  DeleteAttributes: attributeTargets,
  DeleteCapacityProvider: provider,
  DeleteCluster: cluster,
  DeleteService: service,
  DeleteTaskDefinitions: definitions((input) => input.taskDefinitions),
  DeleteTaskSet: taskSets(the(({ taskSet }) => taskSet)),
  DeregisterContainerInstance: cluster,
  DescribeCapacityProviders: providers((input) => input.capacityProviders),
  DescribeClusters: clusters((input) => input.clusters ?? ['default']),
  DescribeContainerInstances: allInstances,
  DescribeServiceDeployments: listed((input) => input.serviceDeploymentArns),
  DescribeServiceRevisions: listed((input) => input.serviceRevisionArns),
  DescribeServices: services((input) => input.services),
  DescribeTaskSets: taskSets((input) => input.taskSets ?? ['*']),
  DescribeTasks: allTasks,
  ExecuteCommand: task,
  GetTaskProtection: allTasks,
  ListAttributes: cluster,
  ListContainerInstances: cluster,
  ListServiceDeployments: service,
  ListTagsForResource: taggable,
  ListTasks: instances(({ containerInstance = '*' }) => [containerInstance]),
  PutAttributes: attributeTargets,
  PutClusterCapacityProviders: cluster,
  RegisterContainerInstance: cluster,
  RegisterTaskDefinition: family,
  RunTask: definition,
  StartTask: definition,
  StopServiceDeployment: deployment,
  StopTask: task,
  SubmitAttachmentStateChanges: cluster,
  SubmitContainerStateChange: cluster,
  SubmitTaskStateChange: cluster,
  TagResource: taggable,
  UntagResource: taggable,
  UpdateCapacityProvider: provider,
  UpdateCluster: cluster,
  UpdateClusterSettings: cluster,
  UpdateContainerAgent: instances(the(({ containerInstance }) => containerInstance)),
  UpdateContainerInstancesState: allInstances,
  UpdateService: service,
  UpdateServicePrimaryTaskSet: service,
  UpdateTaskProtection: allTasks,
  UpdateTaskSet: taskSets(the(({ taskSet }) => taskSet)),
};

/** By operation, what `wire` asks before it runs. */
export function ecsAccess(store: Store, operations: readonly string[]): Record<string, OperationAccess> {
  return Object.fromEntries(operations.map((name) => [name, accessOf(store, name)]));
}

function accessOf(store: Store, name: string): OperationAccess {
  const [named, about, passed] = [resources[name], namedInstances[name], passedRolesOf(name)];
  const inCluster = name === 'CreateCluster' ? named! : cluster;
  const keys = Object.entries(conditionKeys[name] ?? {}).map(
    ([key, values]) =>
      [key, (input: KeyInput, caller: Caller) => store.view((tx) => values(input, caller, tx))] as const,
  );
  return {
    ...(named && {
      resources: (input: References, caller) => orAny(store.view((tx) => named(input, caller, tx))),
    }),
    conditions: {
      [clusterKey]: (input: References, caller) => store.view((tx) => inCluster(input, caller, tx)),
      ...(about && {
        [registeredByKey]: (input: References, caller: Caller) => registrants(store, about, input, caller),
      }),
      ...Object.fromEntries(keys),
      ...(name === 'UntagResource' && { 'aws:TagKeys': ({ tagKeys = [] }: References) => tagKeys }),
    },
    requestTags,
    resourceTags: (resource, caller) => store.view((tx) => tagsOf(tx, resource, caller)),
    ...(passed && { passedRoles: (input, caller) => store.view((tx) => passed(input, caller, tx)) }),
    ...(created[name] && { furtherActions: (input, caller) => taggingOf(store, name, input, caller) }),
  };
}

const requestTags = ({ tags = [] }: References): Tags =>
  Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));

function tagsOf(tx: ReadTransaction, resource: string, caller: Caller): Tags | undefined {
  const tags = unlessMalformed(() => {
    const { kind, arn } = resolveTaggable(tx, caller, resource);
    return kind.tags(tx, arn);
  });
  return tags && Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** By operation that creates, what it creates. */
const created: Readonly<Record<string, Resources>> = {
  CreateCapacityProvider: provider,
  CreateCluster: resources['CreateCluster']!,
  CreateService: resources['CreateService']!,
  CreateTaskSet: anyTaskSet,
  RegisterContainerInstance: instances(() => ['*']),
  RegisterTaskDefinition: family,
  RunTask: tasks(() => ['*']),
  StartTask: tasks(() => ['*']),
};

/** Who creates with tags must be allowed to tag, unless the account has chosen otherwise. */
function taggingOf(store: Store, name: string, input: References, caller: Caller): readonly FurtherAction[] {
  if ((input.tags ?? []).length === 0) return [];
  return store.view((tx) => {
    const principal = settingsPrincipal(caller, caller.principalArn);
    if (effectiveFor(tx, caller, principal, 'tagResourceAuthorization').value === 'off') return [];
    const conditions = { 'ecs:CreateAction': [name] };
    return [{ action: 'ecs:TagResource', resources: created[name]!(input, caller, tx), conditions }];
  });
}

const orAny = (arns: readonly string[]): readonly string[] => (arns.length === 0 ? ['*'] : arns);

function registrants(
  store: Store,
  about: NamedInstances,
  input: References,
  caller: Caller,
): readonly string[] {
  return store.view((tx) => {
    const found = unlessMalformed(() => about(tx, caller, input)) ?? [];
    return found.map((instance) => instance?.registeredBy ?? '');
  });
}
