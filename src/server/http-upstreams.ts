// Other registries over HTTP: the registry's protocol, with its tokens for those who log in, and for those who do not.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { readAll, type EngineResponse } from '../aws/ecr/registry-engine.ts';
import {
  UpstreamUnavailable,
  type Login,
  type UpstreamRequest,
  type Upstreams,
} from '../aws/ecr/upstreams.ts';

/** How long a registry may take to begin an answer, ms. */
const answerTimeout = 30_000;
const maxTokenAnswer = 1024 * 1024;

/** By the name that rules have for them, the registries' URLs, of scheme, host and port. */
export function httpUpstreams(urls: Readonly<Record<string, string>>): Upstreams {
  return {
    hosts: Object.keys(urls),
    async get(request) {
      const url = urls[request.host];
      if (url === undefined) throw new UpstreamUnavailable(`This server pulls nothing from ${request.host}.`);
      const first = await ask(request, `${url}${request.path}`, undefined);
      if (first.status !== 401) return answerOf(request, first);
      await first.body?.cancel();
      const authorization = await authorizationFor(request, first.headers.get('www-authenticate') ?? '');
      return answerOf(request, await ask(request, `${url}${request.path}`, authorization));
    },
  };
}

async function ask(
  { host, accept }: UpstreamRequest,
  url: string,
  authorization: string | undefined,
): Promise<Response> {
  const begun = new AbortController();
  const timer = setTimeout(
    () => begun.abort(new Error(`no answer within ${answerTimeout / 1000} s`)),
    answerTimeout,
  );
  try {
    return await fetch(url, {
      signal: begun.signal,
      headers: {
        'accept-encoding': 'identity',
        ...(accept !== undefined && { accept: accept.join(', ') }),
        ...(authorization !== undefined && { authorization }),
      },
    });
  } catch (error) {
    throw new UpstreamUnavailable(`The registry ${host} cannot be reached: ${causeOf(error)}.`);
  } finally {
    clearTimeout(timer);
  }
}

const causeOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
};

async function answerOf({ host, path }: UpstreamRequest, response: Response): Promise<EngineResponse> {
  const { status, headers, body } = response;
  if (status !== 200 && status !== 404) {
    await body?.cancel();
    const why = status === 401 || status === 403 ? 'refuses the login' : `answers ${status} to ${path}`;
    throw new UpstreamUnavailable(`The registry ${host} ${why}.`);
  }
  const readable = body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream);
  return { status, headers: Object.fromEntries(headers), body: readable };
}

/** What the registry's challenge asks for: the login itself, or a token of its token server. */
async function authorizationFor(request: UpstreamRequest, challenge: string): Promise<string> {
  const basic = request.login && `Basic ${encoded(request.login)}`;
  if (!/^bearer /i.test(challenge)) {
    if (basic === undefined) throw new UpstreamUnavailable(`The registry ${request.host} asks for a login.`);
    return basic;
  }
  const { realm, service } = parametersOf(challenge);
  if (realm === undefined || !URL.canParse(realm))
    throw new UpstreamUnavailable(`The registry ${request.host} does not say where its tokens are.`);
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  if (request.repository !== '') url.searchParams.set('scope', `repository:${request.repository}:pull`);
  const answer = await answerOf(
    request,
    await ask({ ...request, accept: ['application/json'] }, url.href, basic),
  );
  return `Bearer ${await tokenIn(request, answer)}`;
}

const encoded = ({ username, accessToken }: Login): string =>
  Buffer.from(`${username}:${accessToken}`).toString('base64');

function parametersOf(challenge: string): Readonly<Record<string, string | undefined>> {
  const found = [...challenge.matchAll(/(\w+)="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name, value]) => [name!.toLowerCase(), value!]));
}

async function tokenIn({ host }: UpstreamRequest, { body }: EngineResponse): Promise<string> {
  try {
    const text = await readAll(body, maxTokenAnswer);
    const { token, access_token: other } = JSON.parse(text.toString()) as Record<string, unknown>;
    const found = token ?? other;
    if (typeof found === 'string') return found;
  } catch {
    // What is no answer of a token server is told below.
  }
  throw new UpstreamUnavailable(`The token server of the registry ${host} gives no token.`);
}
