// Why an agent's connection is refused, in the names that the agent acts on.

/** `InactiveInstanceException` makes the agent wait an hour; all others make it try again with backoff. */
export type RefusalCode =
  | 'InactiveInstanceException'
  | 'InvalidInstanceException'
  | 'InvalidClusterException'
  | 'AccessDeniedException'
  | 'BadRequestException'
  | 'ServerException';

const statuses: Readonly<Record<RefusalCode, number>> = {
  InactiveInstanceException: 400,
  InvalidInstanceException: 400,
  InvalidClusterException: 400,
  BadRequestException: 400,
  AccessDeniedException: 403,
  ServerException: 500,
};

/** A refused upgrade; `status` and `body` are its HTTP answer. */
export class LinkRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }

  get body(): string {
    return JSON.stringify({ [this.code]: this.message });
  }
}
