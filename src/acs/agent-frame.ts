// What an agent may say on the command link, checked: what it sends is a stranger's data until then.
import { decodeFrame } from '../agent-protocol/codec.ts';
import type { StopCandidate } from './stop-verification.ts';

export type AgentFrame =
  | { readonly type: 'ack' | 'heartbeat-ack'; readonly messageId: string }
  | { readonly type: 'nack'; readonly messageId: string; readonly reason: string }
  | {
      readonly type: 'stop-candidates';
      readonly messageId: string;
      readonly candidates: readonly StopCandidate[];
    };

const isCandidate = (value: unknown): value is StopCandidate =>
  typeof value === 'object' && value !== null && 'taskArn' in value && typeof value.taskArn === 'string';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The frame in `data`, or undefined for what is malformed or has no meaning here. */
export function readAgentFrame(data: string): AgentFrame | undefined {
  const frame = decodeFrame(data);
  if (frame === undefined) return undefined;
  const { messageId, reason, stopCandidates } = frame.message as Readonly<Record<string, unknown>>;
  if (typeof messageId !== 'string') return undefined;
  switch (frame.type) {
    case 'AckRequest':
      return { type: 'ack', messageId };
    case 'HeartbeatAckRequest':
      return { type: 'heartbeat-ack', messageId };
    case 'NackRequest':
      return { type: 'nack', messageId, reason: text(reason) };
    case 'TaskStopVerificationMessage':
      if (!Array.isArray(stopCandidates)) return undefined;
      return { type: 'stop-candidates', messageId, candidates: stopCandidates.filter(isCandidate) };
    default:
      return undefined;
  }
}
