// The one error class that reaches a client; each protocol writes it in its own form.

import { maxMessageLength } from './input-limits.ts';

/** The message, cut where it is longer than anybody reads: it may repeat what it refuses. */
export const cutMessage = (message: string): string =>
  message.length > maxMessageLength ? `${message.slice(0, maxMessageLength - 1)}…` : message;

/** An error with its wire name, its message cut where it would be longer than anybody reads. `fields` are further members of the error shape, e.g. `resourceIds`. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What its reply says in headers beside that; only S3 has errors with some. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    fields: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(cutMessage(message));
    this.name = code;
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.headers = headers;
  }
}
