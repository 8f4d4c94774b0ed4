// A service with all that says how it goes, from the rows.
import type { Deployment } from '../../../model/deployment.ts';
import type { PlacementAttempt } from '../../../model/placement-attempt.ts';
import type { ServiceDeployment } from '../../../model/service-deployment.ts';
import { serviceTaskHealth, type ServiceTaskHealth } from '../../../model/service-task-health.ts';
import type { Service } from '../../../model/service.ts';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import type { TaskSet } from '../../../model/task-set.ts';
import type { Task } from '../../../model/task.ts';
import { withEarlyExits } from '../../../scheduler/service/early-exits.ts';
import { nextMoves, type NextMoves } from '../../../scheduler/service/next-moves.ts';
import type { DecisionContext } from '../../../scheduler/service/scheduler.ts';
import { definitionOf } from '../../../store/queries/definition-of.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { deployments } from '../../../store/tables/deployments.ts';
import { placementAttempts } from '../../../store/tables/placement-attempts.ts';
import { serviceDeployments } from '../../../store/tables/service-deployments.ts';
import { taskSets } from '../../../store/tables/task-sets.ts';
import { tasks } from '../../../store/tables/tasks.ts';
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
