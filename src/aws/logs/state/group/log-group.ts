// What is on record of a log group; its streams and events lie in bulk, under `uid`.
import type { LogGroupClass } from '../../shapes.generated.ts';

export interface LogGroup {
  readonly version: number;
  /** Without `:*`. */
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** One that is made anew has another: it never shows the events of the one before. */
  readonly uid: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly retentionInDays?: number | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly logGroupClass: LogGroupClass;
  readonly deletionProtectionEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The days that a group may keep its events: RetentionInDays of PutRetentionPolicy. */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const day = 86_400_000;

/** Epoch ms before which the group keeps no events; undefined where it keeps all. */
export const keptSince = ({ retentionInDays }: LogGroup, now: number): number | undefined =>
  retentionInDays === undefined ? undefined : now - retentionInDays * day;
