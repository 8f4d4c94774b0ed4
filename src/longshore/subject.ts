// What somebody asks about (a definition, a task, a service, an earlier attempt) as what placement would be asked.
import type { CapacityProviderStrategyItem } from '../aws/ecs/state/capacity/capacity-provider.ts';
import type { Cluster } from '../aws/ecs/state/cluster/cluster.ts';
import type { PlacementAttempt } from '../aws/ecs/state/placement-attempt/placement-attempt.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { Service } from '../aws/ecs/state/service/service.ts';
import type { TaskDefinition } from '../aws/ecs/state/task-definition/task-definition.ts';
import type { Task } from '../aws/ecs/state/task/task.ts';
import { compileConstraints } from '../aws/ecs/scheduler/placement/compile.ts';
import type { PlacementRequest } from '../aws/ecs/scheduler/placement/filter.ts';
import { serviceRequirements } from '../aws/ecs/scheduler/placement/service-requirements.ts';
import {
  taskRequirements,
  type TaskPlacementRules,
} from '../aws/ecs/scheduler/placement/task-requirements.ts';
import { provisioningRequirements } from '../aws/ecs/scheduler/placement/provisioning-task.ts';
import type { ReadTransaction } from '../store/store.ts';
import { placementAttempts } from '../aws/ecs/state/placement-attempt/placement-attempts.ts';
import { services } from '../aws/ecs/state/service/services.ts';
import { serviceRevisions } from '../aws/ecs/state/service/deployment/service-revisions.ts';
import { taskSets } from '../aws/ecs/state/service/task-set/task-sets.ts';
import type { ExplainPlacementInput } from './contract.ts';
import { invalidParameter, notFound } from './errors.ts';
import { serviceOf, taskDefinitionOf, taskOf } from './resolve.ts';

export interface Subject {
  readonly definition: TaskDefinition;
  readonly requirements: PlacementRequest;
  /** The only capacity providers whose instances may take it; undefined where any may. */
  readonly providers?: readonly string[] | undefined;
  readonly service?: Service | undefined;
  readonly task?: Task | undefined;
  /** The earlier attempts that were about it, newest first. */
  readonly attempts: Iterable<PlacementAttempt>;
}

export type SubjectInput = Omit<ExplainPlacementInput, 'cluster'>;

/** The one subject that is named; throws InvalidParameterException for none or several, and for an unknown one its error. */
export function subjectOf(tx: ReadTransaction, scope: Scope, cluster: Cluster, input: SubjectInput): Subject {
  const { taskDefinition, task, service, attemptId } = input;
  const named = [taskDefinition, task, service, attemptId].filter((one) => one !== undefined);
  if (named.length !== 1)
    throw invalidParameter('Give exactly one of taskDefinition, task, service and attemptId.');
  if (taskDefinition !== undefined) return ofDefinition(tx, scope, cluster, taskDefinition);
  if (task !== undefined) return ofTask(tx, scope, cluster, task);
  if (service !== undefined) return ofService(tx, scope, serviceOf(tx, cluster, service));
  return ofAttempt(tx, scope, cluster, attemptId!);
}

/** As RunTask would start it without saying more. */
const plainRun = (definition: TaskDefinition): TaskPlacementRules => ({
  launchType: 'EC2',
  group: `family:${definition.family}`,
  overrides: {},
  constraints: [],
  strategies: [],
});

/** The names in the strategy; undefined for an empty one. */
const providersOf = (strategy: readonly CapacityProviderStrategyItem[]): readonly string[] | undefined =>
  strategy.length === 0 ? undefined : strategy.map(({ capacityProvider }) => capacityProvider);

const attemptsWith = (tx: ReadTransaction, cluster: Cluster, definition: TaskDefinition) =>
  tx
    .table(placementAttempts)
    .by('taskDefinition', { clusterArn: cluster.arn, taskDefinitionArn: definition.arn });

function ofDefinition(tx: ReadTransaction, scope: Scope, cluster: Cluster, reference: string): Subject {
  const definition = taskDefinitionOf(tx, scope, reference);
  return {
    definition,
    requirements: taskRequirements(definition, plainRun(definition)),
    providers: providersOf(cluster.defaultCapacityProviderStrategy ?? []),
    attempts: attemptsWith(tx, cluster, definition),
  };
}

/** Another task like it, with the constraints of its call or its service. */
function ofTask(tx: ReadTransaction, scope: Scope, cluster: Cluster, reference: string): Subject {
  const task = taskOf(tx, cluster, reference);
  const definition = taskDefinitionOf(tx, scope, task.taskDefinitionArn);
  const { launchType, group, overrides, resources, capacityProviderName, scheduling } = task;
  const service = task.serviceArn === undefined ? undefined : tx.table(services).get(task.serviceArn);
  const constraints = compileConstraints(
    scheduling?.placementConstraints ?? service?.placementConstraints ?? [],
  );
  const requirements = {
    ...taskRequirements(definition, { ...plainRun(definition), launchType, group, overrides, constraints }),
    resources,
  };
  const attempts = Iterator.from(attemptsWith(tx, cluster, definition)).filter((one) => one.group === group);
  return {
    definition,
    task,
    attempts,
    requirements: scheduling?.provisioningRequest ? provisioningRequirements(task) : requirements,
    providers: capacityProviderName === undefined ? undefined : [capacityProviderName],
  };
}

/** The definition of what the service is to run now; throws InvalidParameterException where there is none yet. */
export function serviceDefinition(tx: ReadTransaction, scope: Scope, service: Service): TaskDefinition {
  const definition = currentDefinition(tx, scope, service);
  if (!definition) throw invalidParameter(`The service ${service.name} has no task definition yet.`);
  return definition;
}

/** The same; undefined of a service without deployments and primary task set. */
export function currentDefinition(
  tx: ReadTransaction,
  scope: Scope,
  service: Service,
): TaskDefinition | undefined {
  const [primary] = tx.table(taskSets).by('servicePrimary', { serviceArn: service.arn });
  const revision = service.revisionArn && tx.table(serviceRevisions).get(service.revisionArn);
  const workload = revision || primary;
  return workload && taskDefinitionOf(tx, scope, workload.taskDefinitionArn);
}

function ofService(tx: ReadTransaction, scope: Scope, service: Service): Subject {
  const definition = serviceDefinition(tx, scope, service);
  return {
    definition,
    service,
    requirements: serviceRequirements(service, definition),
    providers: providersOf(service.capacityProviderStrategy),
    attempts: tx.table(placementAttempts).by('service', { serviceArn: service.arn }),
  };
}

function ofAttempt(tx: ReadTransaction, scope: Scope, cluster: Cluster, id: string): Subject {
  const [attempt] = tx.table(placementAttempts).by('id', { id });
  if (attempt?.clusterArn !== cluster.arn) throw notFound(`The attempt ${id}`);
  const definition = taskDefinitionOf(tx, scope, attempt.taskDefinitionArn);
  const { group, resources, launchType = 'EC2' } = attempt;
  const service = attempt.serviceArn === undefined ? undefined : tx.table(services).get(attempt.serviceArn);
  const asked: TaskPlacementRules = { ...plainRun(definition), group, launchType };
  const constraints = compileConstraints(attempt.placementConstraints ?? []);
  const requirements = service
    ? serviceRequirements(service, definition)
    : taskRequirements(definition, { ...asked, constraints });
  const providers = service ? providersOf(service.capacityProviderStrategy) : attempt.capacityProviders;
  return { definition, requirements: { ...requirements, resources }, providers, attempts: [attempt] };
}
