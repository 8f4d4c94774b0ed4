// Which container instances are lost: their agents have been disconnected for longer than they may.
import type { DisconnectedAgent } from './disconnected-agent.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { disconnectedAgents } from './disconnected-agents.ts';
import { agentSessions } from './container-instances.ts';

/** The disconnection of an instance that is lost; undefined for every other, and from the moment that its agent is back. */
export function lostSince(tx: ReadTransaction, containerInstanceArn: string): DisconnectedAgent | undefined {
  const disconnection = tx.table(disconnectedAgents).get(containerInstanceArn);
  return disconnection?.isLost && !tx.table(agentSessions).get(containerInstanceArn)
    ? disconnection
    : undefined;
}
