// Calls lifecycle hooks over HTTP: Lambda functions at one endpoint, as Lambda's Invoke has it, and pages that the operator allows.
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import {
  HookFailedError,
  type HookCaller,
  type HookPayload,
} from '../aws/ecs/controllers/service/hooks/hook-caller.ts';
import type { Clock } from '../lib/clock.ts';
import { isPage, isWithin, lambdaFunction } from '../aws/ecs/state/service/deployment/hook-target.ts';

export interface HttpHookCallerOptions {
  /** Where Lambda functions are invoked, e.g. `http://127.0.0.1:9000`; absent: nowhere. */
  readonly lambdaEndpoint?: string | undefined;
  /** What the URL of a page must lie within. */
  readonly hookTargets: readonly string[];
  readonly clock: Clock;
  /** Ms that a call may take; default Lambda's 15 minutes. */
  readonly timeout?: number;
}

const defaultTimeout = 15 * 60_000;
/** A longer reply is none, bytes. */
const maxReplyBytes = 1_048_576;

/** Redirects are not followed: they would lead around the list of targets. */
export function httpHookCaller(options: HttpHookCallerOptions): HookCaller {
  const refusal = (target: string): string | undefined => {
    if (lambdaFunction(target))
      return options.lambdaEndpoint === undefined
        ? 'set --lambda-endpoint to the URL at which the server can invoke Lambda functions'
        : undefined;
    if (isPage(target) && isWithin(target, options.hookTargets)) return undefined;
    return 'set --hook-targets to the URLs that the server may call';
  };
  return {
    refusal,
    invoke: async (target, payload, signal) => {
      const refused = refusal(target);
      if (refused !== undefined) throw new HookFailedError(refused);
      return decoded(await post(urlOf(target, options), payload, signal, options));
    },
  };
}

function urlOf(target: string, { lambdaEndpoint }: HttpHookCallerOptions): URL {
  const called = lambdaFunction(target);
  if (!called) return new URL(target);
  const base = (lambdaEndpoint ?? '').replace(/\/$/, '');
  const url = new URL(`${base}/2015-03-31/functions/${called.name}/invocations`);
  if (called.qualifier !== undefined) url.searchParams.set('Qualifier', called.qualifier);
  return url;
}

interface Reply {
  readonly status: number;
  /** What Lambda says of a function that threw. */
  readonly functionError: string | undefined;
  readonly body: string;
}

/** Rejects with HookFailedError for what another try would not change, with another Error for what it may. */
function decoded({ status, functionError, body }: Reply): unknown {
  if (functionError !== undefined) throw new HookFailedError(`the function failed (${functionError})`);
  if (status >= 500 || status === 429 || status === 408) throw new Error(`HTTP status ${status}`);
  if (status < 200 || status >= 300) throw new HookFailedError(`HTTP status ${status}`);
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new HookFailedError('the reply is not JSON');
  }
}

function post(
  url: URL,
  payload: HookPayload,
  signal: AbortSignal,
  { clock, timeout = defaultTimeout }: HttpHookCallerOptions,
): Promise<Reply> {
  const body = Buffer.from(JSON.stringify(payload));
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  });
  const timer = clock.after(timeout, () =>
    request.destroy(new Error(`no reply within ${timeout / 1000} seconds`)),
  );
  request.on('error', reject);
  request.on('response', (response) => void read(response).then(resolve, reject));
  request.end(body);
  return promise.finally(() => timer.cancel());
}

async function read(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxReplyBytes) throw new HookFailedError('the reply is longer than 1 MiB');
    chunks.push(chunk);
  }
  const functionError = response.headers['x-amz-function-error'];
  return {
    status: response.statusCode ?? 0,
    functionError: Array.isArray(functionError) ? functionError[0] : functionError,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
