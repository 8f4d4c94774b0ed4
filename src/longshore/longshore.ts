// What every operation of Longshore's own API is given, and the form it has.
import type { RegisterTaskDefinitionRequest, UpdateServiceRequest } from '../aws/ecs/shapes.generated.ts';
import type { EventList, ListedEvents } from '../aws/cloudtrail/state/events/list-events.ts';
import type { Random } from '../lib/random.ts';
import type { Service } from '../aws/ecs/state/service/service.ts';
import type { TaskDefinition } from '../aws/ecs/state/task-definition/task-definition.ts';
import type { TrafficRouter } from '../aws/ecs/scheduler/service/traffic-router.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import type { Call, OperationOf, WaitingOperationOf } from '../wire/api.ts';
import type { LongshoreOperations } from './model.ts';

/** ECS's own operations inside a transaction of this API: the same checks, defaults, errors and effects. */
export interface EcsWrites {
  registerTaskDefinition(
    tx: WriteTransaction,
    input: RegisterTaskDefinitionRequest,
    call: Call,
  ): TaskDefinition;
  updateService(tx: WriteTransaction, input: UpdateServiceRequest, call: Call): Service;
}

/** The calls on record. */
export interface Trail {
  /** Those that were answered before it was asked are there. */
  list(input: EventList): Promise<ListedEvents>;
}

export interface Longshore {
  readonly store: Store;
  /** Fit for secrets: access keys are made of it. */
  readonly random: Random;
  readonly ecs: EcsWrites;
  /** Ms after which a service's task without health checks counts as healthy. */
  readonly healthyAfter: number;
  /** Who splits a service's traffic between two deployments. */
  readonly router: TrafficRouter;
  readonly trail: Trail;
}

/** One operation: its whole effect is one transaction; the answer is wire-shaped. */
export type LongshoreOperation<Name extends keyof LongshoreOperations> = OperationOf<
  LongshoreOperations,
  Longshore,
  Name
>;

/** One that waits for what is not in memory. */
export type WaitingLongshoreOperation<Name extends keyof LongshoreOperations> = WaitingOperationOf<
  LongshoreOperations,
  Longshore,
  Name
>;
