// Whether what is known of an instance's tasks is only what was heard last.
import { isEngineAway } from './instance-health.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSessions } from './container-instances.ts';
import { instanceHealth } from './instance-health-table.ts';

/** The instance's agent is not connected, or its container engine does not answer. False where there is no instance. */
export const isUnreachable = (tx: ReadTransaction, containerInstanceArn: string | undefined): boolean =>
  containerInstanceArn !== undefined &&
  (tx.table(agentSessions).get(containerInstanceArn) === undefined ||
    isEngineAway(tx.table(instanceHealth).get(containerInstanceArn)));
