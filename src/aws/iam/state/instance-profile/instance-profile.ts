import type { Entity } from '../entity/entity.ts';

export interface InstanceProfile extends Entity {
  /** The key of its role in the table of roles; it has one at most. */
  readonly role?: string | undefined;
}
