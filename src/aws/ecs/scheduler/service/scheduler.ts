// What a scheduler is, and what its decisions depend on beside the rows.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { ServicePlan } from './plan.ts';
import type { TrafficRouter } from './traffic-router.ts';

export interface DecisionContext {
  /** Epoch ms. */
  readonly now: number;
  /** Ms after which a task without health checks counts as healthy. */
  readonly healthyAfter: number;
  /** Who splits a service's traffic between two deployments. */
  readonly router: TrafficRouter;
  /** ARNs of container instances that count as lost, beside those that are. */
  readonly without?: ReadonlySet<string> | undefined;
  /** Asks what would be decided if no task were protected. */
  readonly ignoresProtection?: boolean | undefined;
  /** For who stops no more than this now: more of those that are too many need not be chosen. Absent: all are. */
  readonly mostStops?: number | undefined;
}

/** What a service of one kind does next, from the rows as they are; `primary` is its PRIMARY deployment. */
export type Scheduler = (
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  context: DecisionContext,
) => ServicePlan;
