// The engine's event stream of the agent's own containers, opened again whenever it breaks.
import type Dockerode from 'dockerode';
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import type { Clock, Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { taskArnLabel } from './label-names.ts';
import { linesOf } from './docker-lines.ts';
import type { RuntimeEvent } from './runtime.ts';

const actions = ['start', 'die', 'oom', 'health_status'] as const;
const reconnect: BackoffPolicy = { min: 100, max: 10_000, factor: 2, jitter: 0.2 };

export interface EventStreamDeps {
  readonly docker: Dockerode;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Follows the stream until the answered call is made. `onGap` runs each time the stream opens, the first time included:
 * what happened before that went unseen, and everything after it will be seen. `onBreak` runs each time it ends, or cannot be opened.
 */
export function followEvents(
  { docker, clock, random, log }: EventStreamDeps,
  listener: (event: RuntimeEvent) => void,
  onGap: () => void,
  onBreak: () => void,
): () => void {
  const stop = new AbortController();
  let attempt = 0;
  let timer: Timer | undefined;

  const follow = async (): Promise<void> => {
    const stream = await docker.getEvents({
      abortSignal: stop.signal,
      filters: { type: ['container'], label: [taskArnLabel], event: [...actions] },
    });
    attempt = 0;
    if (!stop.signal.aborted) onGap();
    for await (const line of linesOf(stream)) {
      const event = decodeEvent(line);
      if (event !== undefined && !stop.signal.aborted) listener(event);
    }
    throw new Error('the engine ended it');
  };

  const keepFollowing = (): void => {
    follow().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      // An engine that is away is told of by those who ask it; this is but one of the signs.
      if (attempt === 0)
        log.info({ error: String(error) }, 'The Docker event stream broke; opening it again until it holds');
      const delay = backoffDelay(reconnect, attempt++, random);
      timer = clock.after(delay, keepFollowing);
      onBreak();
    });
  };

  keepFollowing();
  return () => {
    stop.abort();
    timer?.cancel();
  };
}

/** The event in one line of the stream; undefined when it is not one the agent acts on. */
export function decodeEvent(line: string): RuntimeEvent | undefined {
  let event: { Action?: unknown; Actor?: { ID?: unknown; Attributes?: { exitCode?: unknown } } };
  try {
    event = JSON.parse(line) as typeof event;
  } catch {
    // A line cut short when the stream broke; the gap that follows makes up for it.
    return undefined;
  }
  // Health events read `health_status: healthy`.
  const action = actions.find((known) => known === String(event.Action).split(':')[0]);
  const containerId = event.Actor?.ID;
  if (action === undefined || typeof containerId !== 'string') return undefined;
  const exitCode = Number.parseInt(String(event.Actor?.Attributes?.exitCode), 10);
  return { containerId, action, ...(action === 'die' && !Number.isNaN(exitCode) && { exitCode }) };
}
