// The APIs of a server as commands call them, ECS's and Longshore's own: signed, at the server that the flags and the environment name.
import { longshoreTargetPrefix, type LongshoreOperations } from '../../longshore/model.ts';
import { systemClock } from '../../lib/clock.ts';
import { callApi } from '../../wire/call-api.ts';
import { ApiError } from '../../wire/errors.ts';
import { missingMember } from './answer-members.ts';
import { apiAccess } from './api-access.ts';
import type { ClientFlags } from './client-flags.ts';
import { errorText } from '../terminal/error-text.ts';
import { OtherVersionError, otherVersionText, serverVersion } from './other-version.ts';
import { refusalText } from './refusal-text.ts';
import { readSettings } from '../settings.ts';

export const ecsTargetPrefix = 'AmazonEC2ContainerServiceV20141113';

/** Calls one operation; throws RefusedError, OtherVersionError or UnreachableError, or what `signal` aborts with. */
type CallOperation = <Output extends object>(
  operation: string,
  input: object,
  signal?: AbortSignal,
) => Promise<Output>;

/** Calls one operation of Longshore's own API, and answers what is as its model says; throws as `CallOperation`. */
type CallLongshore = <Name extends keyof LongshoreOperations>(
  operation: Name,
  input: Unchecked<LongshoreOperations[Name]['input']>,
  signal?: AbortSignal,
) => Promise<LongshoreOperations[Name]['output']>;

/** An input in which any text may stand where the model has only some: the server says which those are. */
type Unchecked<Structure> = { readonly [Member in keyof Structure]: UncheckedMember<Structure[Member]> };
type UncheckedMember<Value> = Value extends string ? string : Value extends object ? Unchecked<Value> : Value;

export interface LongshoreClient {
  /** Of the flags, the environment or the settings file; `default` where none names it. */
  readonly cluster: string;
  /** The server's machine, as its endpoint names it. */
  readonly host: string;
  /** Longshore's own API. */
  readonly call: CallLongshore;
  readonly ecs: CallOperation;
}

/** The server's refusal, as a sentence for people. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** As on the wire, e.g. `ServiceNotFoundException`. */
  readonly code: string;

  constructor(cause: ApiError, message: string) {
    super(message, { cause });
    this.code = cause.code;
  }
}

export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export function longshoreClient(flags: ClientFlags): LongshoreClient {
  const { data, cluster, region, config, endpoint } = flags;
  const given = Object.entries({ data, cluster, region }).filter(([, value]) => value !== undefined);
  const settings = readSettings(Object.fromEntries(given), process.env, config);
  const access = apiAccess({ endpoint, region, data }, settings.data, process.env);
  const lacking = async (lacks: string): Promise<OtherVersionError> =>
    new OtherVersionError(otherVersionText(access.endpoint, lacks, await serverVersion(access.endpoint)));
  const calls =
    (targetPrefix: string): CallOperation =>
    (operation, input, signal) =>
      callApi<never>(
        { ...access, signingName: 'ecs', targetPrefix, clock: systemClock },
        operation,
        input,
        signal,
      ).catch(async (error: unknown) => {
        if (error instanceof ApiError && error.code === 'UnknownOperationException')
          throw await lacking(`the operation ${operation}`);
        if (error instanceof ApiError) throw new RefusedError(error, refusalText(error, input, access));
        signal?.throwIfAborted();
        throw new UnreachableError(
          `The server at ${access.endpoint} cannot be reached${reasonOf(error)}. Start it, or name another with --data or --endpoint.`,
          { cause: error },
        );
      });
  const host = new URL(access.endpoint).hostname;
  const callLongshore = calls(longshoreTargetPrefix);
  const call: CallLongshore = async <Name extends keyof LongshoreOperations>(
    operation: Name,
    input: Unchecked<LongshoreOperations[Name]['input']>,
    signal?: AbortSignal,
  ) => {
    const answer = await callLongshore<LongshoreOperations[Name]['output']>(operation, input, signal);
    const missing = missingMember(operation, answer);
    if (missing !== undefined) throw await lacking(`the member ${missing} in its answer to ${operation}`);
    return answer;
  };
  return { cluster: settings.cluster, host, call, ecs: calls(ecsTargetPrefix) };
}

/** What the system says, which fetch hides in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
  const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no host of that name',
    ETIMEDOUT: 'it does not answer',
    UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  };
  const reason = known[code] ?? (cause && errorText(cause));
  return reason === undefined ? '' : `: ${reason}`;
}
