// What every part of one agent's session works with.
import type { ServerMessages } from '../agent-protocol/messages.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { Turns } from '../lib/turns.ts';
import type { Store } from '../store/store.ts';
import type { AgentLinkSettings } from './settings.ts';

export interface LinkDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: AgentLinkSettings;
  /** Payloads are sent in these; default as soon as they are durable. */
  readonly turns?: Turns | undefined;
}

export interface SessionContext extends LinkDependencies {
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
  /** Sends one frame; does nothing once the session has ended. */
  readonly send: <K extends keyof ServerMessages>(type: K, message: ServerMessages[K]) => void;
}
