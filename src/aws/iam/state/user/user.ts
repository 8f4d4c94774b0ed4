import type { Actor } from '../entity/entity.ts';

export interface User extends Actor {
  /** The keys of its groups in their table. */
  readonly groups: readonly string[];
}
