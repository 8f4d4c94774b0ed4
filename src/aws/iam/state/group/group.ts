import type { Identity } from '../entity/entity.ts';

/** Its members are the users that name it. */
export type Group = Identity;
