// The seam to whatever splits a service's traffic between two deployments.
// What a split is to be is on the service deployment's row, and durable there before anybody follows it. A router follows it in
// its own time and says here, from the rows, whether it has; only then does a deployment go on.
import type { Service } from '../../state/service/service.ts';
import type { StagedProgress } from '../../state/service/deployment/service-deployment.ts';
import type { ReadTransaction } from '../../../../store/store.ts';

/** Per cent of the traffic that goes to the target; the rest goes to the source. */
export type TrafficWeights = Pick<StagedProgress, 'testWeight' | 'productionWeight'>;

export interface TrafficRouter {
  /** Whether all that routes to the service splits its traffic so by now; asked again and again until it does. */
  holds(tx: ReadTransaction, service: Service, weights: TrafficWeights): boolean;
}

/** Of services that nothing routes to: their weights are on record, and whoever finds their tasks may go by them. */
export const noTrafficRouter: TrafficRouter = { holds: () => true };
