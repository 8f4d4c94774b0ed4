// What becomes of a NAT gateway next, and when.
import type { NatGateway } from '../../state/nat-gateway/nat-gateway.ts';

/** Ms until one that was asked for can be used, or has failed. */
export const startTime = 1000;
/** Ms until one that was deleted is gone from its subnet. */
export const endTime = 1000;
/** Ms that one can be described that has ended. */
export const retention = 3_600_000;

export type NextState = 'available' | 'failed' | 'deleted' | 'forgotten';

/** The state that it goes to from its own, at an instant in epoch ms; undefined where it stays as it is. */
export function nextState(
  { state, since, connectivityType, failure }: NatGateway,
  hasInternetGateway: boolean,
): { readonly state: NextState; readonly at: number } | undefined {
  switch (state) {
    case 'pending': {
      const works = failure === undefined && (connectivityType === 'private' || hasInternetGateway);
      return { state: works ? 'available' : 'failed', at: since + startTime };
    }
    case 'deleting':
      return { state: 'deleted', at: since + endTime };
    case 'failed':
    case 'deleted':
      return { state: 'forgotten', at: since + retention };
    case 'available':
      return undefined;
  }
}
