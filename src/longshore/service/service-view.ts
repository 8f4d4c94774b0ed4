// A service with all that says how it goes, from the rows.
import type { Deployment } from '../../aws/ecs/state/service/deployment/deployment.ts';
import type { PlacementAttempt } from '../../aws/ecs/state/placement-attempt/placement-attempt.ts';
import type { ServiceDeployment } from '../../aws/ecs/state/service/deployment/service-deployment.ts';
import {
  serviceTaskHealth,
  type ServiceTaskHealth,
} from '../../aws/ecs/scheduler/service/service-task-health.ts';
import type { Service } from '../../aws/ecs/state/service/service.ts';
import type { TaskDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import type { TaskSet } from '../../aws/ecs/state/service/task-set/task-set.ts';
import type { Task } from '../../aws/ecs/state/task/task.ts';
import { healthyAfterOf } from '../../aws/ecs/scheduler/service/failures/early-exits.ts';
import type { ServiceMoves } from '../../aws/ecs/scheduler/service/plan.ts';
import { movesOf, planService } from '../../aws/ecs/scheduler/service/plan-service.ts';
import { viewOf, type ViewContext } from '../../aws/ecs/scheduler/service/view/view-of.ts';
import { definitionOf } from '../../aws/ecs/state/task-definition/definition-of.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { placementAttempts } from '../../aws/ecs/state/placement-attempt/placement-attempts.ts';
import { serviceDeployments } from '../../aws/ecs/state/service/deployment/service-deployments.ts';
import { tasks } from '../../aws/ecs/state/task/tasks.ts';
import { notFound } from '../errors.ts';

export interface SeenTask extends ServiceTaskHealth {
  readonly task: Task;
  /** Its definition, as long as that is kept. */
  readonly definition?: TaskDefinition | undefined;
}

export interface ServiceView {
  readonly service: Service;
  /** PRIMARY and ACTIVE, the newest first. */
  readonly deployments: readonly Deployment[];
  readonly taskSets: readonly TaskSet[];
  /** The service deployment that is asked about. */
  readonly rollout?: ServiceDeployment | undefined;
  /** Those that nobody has told to stop. */
  readonly wanted: readonly SeenTask[];
  /** Told to stop and not STOPPED yet. */
  readonly stoppingCount: number;
  /** What its scheduler does next, and what it would do if no task were protected. */
  readonly moves: ServiceMoves;
  readonly unprotectedMoves: ServiceMoves;
  /** The latest that left tasks over. */
  readonly attempt?: PlacementAttempt | undefined;
}

/** Throws ResourceNotFoundException for a service deployment of another service. */
export function viewOfService(
  tx: ReadTransaction,
  service: Service,
  serviceDeploymentArn: string | undefined,
  context: ViewContext,
): ServiceView {
  const asked = serviceDeploymentArn ?? service.currentServiceDeploymentArn;
  const [rollout] = tx.table(serviceDeployments).by('arn', { arn: asked ?? '' });
  if (serviceDeploymentArn !== undefined && rollout?.serviceArn !== service.arn)
    throw notFound(`The service deployment ${serviceDeploymentArn}`);
  const [attempt] = tx.table(placementAttempts).by('service', { serviceArn: service.arn });
  const view = viewOf(tx, service, context);
  const healthyAfter = healthyAfterOf(view.primary, view.rollout, context.healthyAfter);
  const wanted = Iterator.from(
    tx.table(tasks).by('serviceDesired', { serviceArn: service.arn, desiredStatus: 'RUNNING' }),
  )
    .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
    .map((task) => {
      const definition = definitionOf(tx, task);
      return { task, definition, ...serviceTaskHealth(task, definition, service, healthyAfter, context.now) };
    });
  return {
    service,
    deployments: view.deployments,
    taskSets: view.taskSets,
    rollout,
    wanted: wanted.toArray(),
    stoppingCount: tx.table(tasks).tally('service', { serviceArn: service.arn }).stopping,
    moves: movesOf(planService(view)),
    unprotectedMoves: movesOf(planService(viewOf(tx, service, { ...context, ignoresProtection: true }))),
    attempt,
  };
}
