// How far a signer's clock may be off, and when a signature expires.
import type { Claim } from './claim.ts';
import { invalidSignature } from './errors.ts';
import { formatTimestamp } from './timestamp.ts';

/** How far a signer's clock may be off, in ms, either way. */
const skew = 5 * 60_000;

export function checkTime(claim: Claim, now: number): void {
  const validFor = claim.expiresIn === undefined ? skew : claim.expiresIn * 1000;
  if (claim.signedAt + validFor < now) {
    const margin = claim.expiresIn === undefined ? '5 min.' : `${claim.expiresIn} sec.`;
    throw invalidSignature(
      `Signature expired: ${claim.timestamp} is now earlier than ${formatTimestamp(now - validFor)} (${formatTimestamp(now)} - ${margin})`,
    );
  }
  if (claim.signedAt - skew > now) {
    throw invalidSignature(
      `Signature not yet current: ${claim.timestamp} is still later than ${formatTimestamp(now + skew)} (${formatTimestamp(now)} + 5 min.)`,
    );
  }
}
