// The password of `docker login`: who asked for it and until when it is good, sealed. What its bearer may do is looked up at each use.
import { InvalidToken } from '../../shared/page.ts';
import type { PageSeal } from '../../shared/page-seal.ts';
import type { Caller } from '../../../wire/caller.ts';

const use = 'ecr authorization token';

interface Sealed {
  readonly caller: Caller;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** `expiresAt` in epoch ms. */
export function sealToken(seal: PageSeal, caller: Caller, expiresAt: number): string {
  const { accountId, region, accessKeyId, principalArn, session } = caller;
  const sealed: Sealed = { caller: { accountId, region, accessKeyId, principalArn, session }, expiresAt };
  return seal.close(use, JSON.stringify(sealed));
}

/** Whose token it is; `expired` after its time, undefined for any other text. `now` in epoch ms. */
export function openToken(seal: PageSeal, token: string, now: number): Caller | 'expired' | undefined {
  try {
    const { caller, expiresAt } = JSON.parse(seal.open(use, token)) as Sealed;
    return expiresAt <= now ? 'expired' : caller;
  } catch (error) {
    if (error instanceof InvalidToken) return undefined;
    throw error;
  }
}
