// Where the requests of services that are not served here are sent on to: by the operator's choice alone, and nowhere by default.
import type { Credentials } from '../sigv4/sign.ts';

export interface ForwardTarget {
  /** Scheme, host and port, e.g. `http://127.0.0.1:9000`. */
  readonly url: string;
  /** What requests to it are signed with; undefined: they are sent unsigned. */
  readonly credentials?: Credentials | undefined;
}

/** By the service's signing name; `*` is for all that have no target of their own. */
export type Forwards = Readonly<Record<string, ForwardTarget>>;

/** Stands for every service that is not served and has no target of its own. */
export const allOthers = '*';

/** The target of a service that is not served; undefined when there is none. */
export function targetOf(forwards: Forwards, signingName: string): ForwardTarget | undefined {
  const name = Object.hasOwn(forwards, signingName) ? signingName : allOthers;
  return Object.hasOwn(forwards, name) ? forwards[name] : undefined;
}

/** Throws an Error for people where a service is both served and forwarded. */
export function checkForwards(forwards: Forwards, served: readonly string[]): void {
  const both = served.find((name) => Object.hasOwn(forwards, name));
  if (both === undefined) return;
  throw new Error(
    `Longshore serves ${both} itself, so its requests cannot be forwarded to ${forwards[both]!.url}. Take ${both} out of --forward.`,
  );
}
