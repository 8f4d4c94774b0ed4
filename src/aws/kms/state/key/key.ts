// A symmetric KMS key: what it is called, what it may be used for now, and its material, sealed.
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';

/** 32 bytes that a key encrypts with; earlier ones still decrypt what they encrypted. */
export interface KeyMaterial {
  /** 64 hex digits. */
  readonly id: string;
  /** Closed by the value seal for the key's ARN and this material's id. */
  readonly sealed: string;
  /** Epoch ms. */
  readonly createdAt: number;
}

export interface KeyRotation {
  /** 90 to 2560. */
  readonly periodInDays: number;
  /** Epoch ms. */
  readonly nextAt: number;
}

export interface PendingDeletion {
  /** Epoch ms at which the key is deleted. */
  readonly at: number;
  readonly windowInDays: number;
}

export interface Key extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly id: string;
  readonly description: string;
  readonly isEnabled: boolean;
  /** There exactly while the key waits for its deletion. */
  readonly pendingDeletion?: PendingDeletion | undefined;
  /** `AWS`: made by a service when it first needed one; nobody changes or deletes it. */
  readonly manager: 'AWS' | 'CUSTOMER';
  /** JSON as it was given. */
  readonly policy: string;
  /** There exactly where automatic rotation is on. */
  readonly rotation?: KeyRotation | undefined;
  /** The oldest first; the last one encrypts. A ciphertext tells its material by its place here. */
  readonly materials: readonly KeyMaterial[];
  /** Epoch ms. */
  readonly createdAt: number;
  readonly tags: readonly Tag[];
}

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export function keyState({ isEnabled, pendingDeletion }: Key): KeyState {
  if (pendingDeletion !== undefined) return 'PendingDeletion';
  return isEnabled ? 'Enabled' : 'Disabled';
}

export const day = 24 * 3_600_000;
