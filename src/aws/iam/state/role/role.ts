import type { Actor } from '../entity/entity.ts';

export interface Role extends Actor {
  /** The trust policy: who may assume it. */
  readonly assumeRolePolicy: string;
  readonly description?: string | undefined;
  /** Seconds. */
  readonly maxSessionDuration: number;
  /** Of a service-linked role, the service that alone may change it, e.g. `ecs.amazonaws.com`. */
  readonly linkedService?: string | undefined;
  readonly lastUsed?: { readonly at: number; readonly region: string } | undefined;
}

/** A use is put on record at most this often, in ms: it is for people who clean up, and not to be paid for with each call. */
export const useRecordInterval = 15 * 60_000;
