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
import { withEarlyExits } from '../../aws/ecs/scheduler/service/early-exits.ts';
import { nextMoves, type NextMoves } from '../../aws/ecs/scheduler/service/next-moves.ts';
import type { DecisionContext } from '../../aws/ecs/scheduler/service/scheduler.ts';
import { definitionOf } from '../../aws/ecs/state/task-definition/definition-of.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { deployments } from '../../aws/ecs/state/service/deployment/deployments.ts';
import { placementAttempts } from '../../aws/ecs/state/placement-attempt/placement-attempts.ts';
import { serviceDeployments } from '../../aws/ecs/state/service/deployment/service-deployments.ts';
import { taskSets } from '../../aws/ecs/state/service/task-set/task-sets.ts';
import { tasks } from '../../aws/ecs/state/task/tasks.ts';
import { notFound } from '../errors.ts';

export interface SeenTask extends ServiceTaskHealth {
  readonly task: Task;
  /** Its definition, as long as that is kept. */
  readonly definition?: TaskDefinition | undefined;
}

export interface SeenService {
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
  readonly moves: NextMoves;
  readonly unprotectedMoves: NextMoves;
  /** The latest that left tasks over. */
  readonly attempt?: PlacementAttempt | undefined;
}

/** Throws ResourceNotFoundException for a service deployment of another service. */
export function seeService(
  tx: ReadTransaction,
  service: Service,
  serviceDeploymentArn: string | undefined,
  context: DecisionContext,
): SeenService {
  const asked = serviceDeploymentArn ?? service.currentServiceDeploymentArn;
  const [rollout] = tx.table(serviceDeployments).by('arn', asked ?? '');
  if (serviceDeploymentArn !== undefined && rollout?.serviceArn !== service.arn)
    throw notFound(`The service deployment ${serviceDeploymentArn}`);
  const [attempt] = tx.table(placementAttempts).by('service', service.arn);
  const [primary] = tx.table(deployments).by('primary', service.arn);
  const { healthyAfter, now } = primary ? withEarlyExits(tx, primary, context) : context;
  const wanted = Iterator.from(tx.table(tasks).by('serviceDesired', `${service.arn}/RUNNING`))
    .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
    .map((task) => {
      const definition = definitionOf(tx, task);
      return { task, definition, ...serviceTaskHealth(task, definition, service, healthyAfter, now) };
    });
  return {
    service,
    deployments: [...tx.table(deployments).by('listed', service.arn)],
    taskSets: [...tx.table(taskSets).by('service', service.arn)],
    rollout,
    wanted: wanted.toArray(),
    stoppingCount: tx.table(tasks).tally('service', service.arn).stopping,
    moves: nextMoves(tx, service, context),
    unprotectedMoves: nextMoves(tx, service, { ...context, ignoresProtection: true }),
    attempt,
  };
}
