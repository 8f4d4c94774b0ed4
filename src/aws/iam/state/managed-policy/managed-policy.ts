import type { Entity } from '../entity/entity.ts';

export interface PolicyVersion {
  /** `v1`, `v2`, …: never used again. */
  readonly id: string;
  readonly document: string;
  /** Epoch ms. */
  readonly createdAt: number;
}

export interface ManagedPolicy extends Entity {
  readonly description?: string | undefined;
  /** The latest first; five at most. */
  readonly versions: readonly PolicyVersion[];
  readonly defaultVersionId: string;
  /** The number of the next version. */
  readonly nextVersion: number;
  /** Epoch ms of the last change of its versions. */
  readonly updatedAt: number;
}

/** The version that holds; an Error where the policy lacks it. */
export function defaultVersion({ versions, defaultVersionId }: ManagedPolicy): PolicyVersion {
  const found = versions.find(({ id }) => id === defaultVersionId);
  if (found === undefined) throw new Error('a managed policy has lost its default version');
  return found;
}
