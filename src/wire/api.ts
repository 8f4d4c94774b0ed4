// What an API gives the wire: its names, its shapes, its operations.
import type { Shapes } from './shapes.ts';

/** Who is calling, from a verified signature, and when. */
export interface Caller {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly principalArn: string;
}

export interface Call extends Caller {
  readonly requestId: string;
  /** Epoch ms at which the request was accepted. */
  readonly now: number;
}

/** Does one operation's work. Input was decoded and validated; output is wire-shaped (timestamps in epoch seconds). */
export type Operation = (input: never, call: Call) => object | Promise<object>;

export interface Api {
  /** The service name in a signature's scope, e.g. `ecs`. */
  readonly signingName: string;
  /** What `X-Amz-Target` starts with, before the dot; undefined where the parameter `Action` names the operation. */
  readonly targetPrefix?: string;
  /** The namespace of the XML that it answers, in the protocols that have one. */
  readonly xmlNamespace?: string;
  readonly shapes: Shapes;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The error for a broken constraint of the model (a required member missing, a value not of its enum). */
  readonly invalid: (operation: string, message: string) => Error;
}
