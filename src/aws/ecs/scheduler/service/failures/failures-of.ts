// What a circuit breaker counts of a deployment. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';

/** Tasks that never ran, whose health checks failed, and until it is through, that exited early. */
export const failuresOf = ({
  failedTasks,
  scheduling: { unhealthyTasks = 0, earlyExits = 0 } = {},
  rolloutState,
}: Deployment): number => failedTasks + unhealthyTasks + (rolloutState === 'COMPLETED' ? 0 : earlyExits);
