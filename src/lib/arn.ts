import { partitionOf } from './partition.ts';

export interface Arn {
  readonly service: string;
  /** Empty where the service has no regions. */
  readonly region: string;
  readonly accountId: string;
  /** All that follows the account. */
  readonly resource: string;
}

/** Reads an ARN, or answers undefined when `text` is not one, or not of its region's partition. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([a-z-]+):([a-z0-9-]+):([^:]*):([^:]*):(.+)$/.exec(text);
  if (!match || match[1] !== partitionOf(match[3]!)) return undefined;
  return { service: match[2]!, region: match[3]!, accountId: match[4]!, resource: match[5]! };
}

/** The last path part of an ARN or id: a task's id, a cluster's name, `family:revision`. */
export const lastPart = (arnOrId: string): string => arnOrId.slice(arnOrId.lastIndexOf('/') + 1);
