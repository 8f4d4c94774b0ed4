// Which container instances are lost: their agents have been silent for longer than they may.
import type { AgentSilence } from './agent-silence.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSilences } from './agent-silences.ts';
import { agentSessions } from './container-instances.ts';

/** The silence of an instance that is lost; undefined for every other, and from the moment that its agent is back. */
export function lostSince(tx: ReadTransaction, containerInstanceArn: string): AgentSilence | undefined {
  const silence = tx.table(agentSilences).get(containerInstanceArn);
  return silence?.isLost && !tx.table(agentSessions).get(containerInstanceArn) ? silence : undefined;
}
