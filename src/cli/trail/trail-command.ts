// `longshore trail`: who called what, the oldest first; with `follow` also what comes.
import { sleep, systemClock } from '../../lib/clock.ts';
import type { ListTrailEventsOutput, ShownTrailEvent } from '../../longshore/contract.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { longshoreClient } from '../client/longshore-client.ts';
import { isPassing } from '../rollout/describe-rollout.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { outputWidth, print, printJson, progress } from '../terminal/output.ts';
import { paint } from '../terminal/paint.ts';
import { trailHead, trailLine } from './trail-text.ts';

export interface TrailFlags extends ClientFlags {
  readonly follow?: boolean;
  readonly user?: string;
  readonly event?: string;
  readonly service?: string;
  readonly denied?: boolean;
  /** Ms. */
  readonly since?: number;
  readonly limit?: number;
}

/** Ms between two looks. */
const interval = 500;
/** Events of a look. */
const maxFollowed = 1000;

/** Answers the exit code; with `follow` it ends only when somebody ends it. */
export const trail = (flags: TrailFlags): Promise<number> =>
  interruptible(async (signal) => {
    const client = longshoreClient(flags);
    const list = (input: object): Promise<ListTrailEventsOutput> =>
      client.call('ListTrailEvents', { ...filterOf(flags), ...input }, signal);
    let page = await list({ maxResults: flags.limit });
    if (!flags.json && (flags.follow || page.events.length > 0)) print(trailHead(outputWidth()));
    show(page.events, flags);
    if (page.more)
      progress('Earlier calls are left out: ask for more with --limit, or for less with --since.');
    if (!flags.follow && page.events.length === 0) progress('No such call is on record.');
    while (flags.follow) {
      if (!page.more || page.events.length === 0) await sleep(systemClock, interval, signal);
      const next = await list({ after: page.last, maxResults: maxFollowed }).catch((error: unknown) => {
        if (signal.aborted || !isPassing(error)) throw error;
        return undefined;
      });
      if (next === undefined) continue;
      show(next.events, flags);
      page = next;
    }
    return 0;
  });

const filterOf = ({ user, event, service, denied, since }: TrailFlags): object => ({
  userName: user,
  eventName: event,
  eventSource: service && sourceOf(service),
  denied,
  startTime: since === undefined ? undefined : Math.floor((systemClock.now() - since) / 1000),
});

/** `ecs` is `ecs.amazonaws.com`; Longshore's own operations have no such name. */
const sourceOf = (service: string): string =>
  service.includes('.') || service === 'longshore' ? service : `${service}.amazonaws.com`;

function show(events: readonly ShownTrailEvent[], { json }: TrailFlags): void {
  for (const event of events) {
    if (json) printJson(JSON.parse(event.record));
    else print(trailLine(event, outputWidth(), paint));
  }
}
