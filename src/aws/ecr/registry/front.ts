// The registry as `docker` speaks to it, at /v2/: who calls, what they may do, which image a tag is. Layers and manifests pass through to the
// engine and back while they come. Tags and images are the store's: what was acknowledged is there, whatever becomes of the engine.
import { headerOf } from '../../../wire/header-of.ts';
import type { HttpResponse, StreamedRequest, StreamedRoute } from '../../../wire/http.ts';
import type { Caller } from '../../../wire/caller.ts';
import { repositoryArn } from '../state/arn.ts';
import { repositories } from '../state/repository/repositories.ts';
import type { Repository } from '../state/repository/repository.ts';
import { requireAllowed, type AllowedCall, type RegistryFront } from './allowed-call.ts';
import { openToken } from './authorization-token.ts';
import { EngineUnavailable } from '../registry-engine.ts';
import { manifestCall } from './manifests.ts';
import { blobCall, uploadCall } from './layers.ts';
import { actionOf, registryCall } from './path.ts';
import { PullThrough } from './pull-through.ts';
import { json, nameUnknown, RegistryError, unauthorized, unavailable, unsupportedCall } from './reply.ts';
import { listTags } from './tags-list.ts';

/** Answers everything under /v2/. */
export function registryFront(front: RegistryFront): StreamedRoute {
  const pullThrough = new PullThrough(front);
  return {
    takes: (target) => /^\/v2(\/|$|\?)/.test(target),
    handle: (request) =>
      answer(front, pullThrough, request).catch((error: unknown) => errorReply(front, request, error)),
  };
}

function errorReply(
  { log }: RegistryFront,
  { method, target }: StreamedRequest,
  error: unknown,
): HttpResponse {
  if (error instanceof RegistryError) return error.response;
  if (error instanceof EngineUnavailable) return unavailable(error.message).response;
  log.error({ err: error, method, target }, 'A call of the registry failed');
  return new RegistryError(500, 'UNKNOWN', 'An internal error occurred.').response;
}

async function answer(
  front: RegistryFront,
  pullThrough: PullThrough,
  request: StreamedRequest,
): Promise<HttpResponse> {
  const { pathname, searchParams: query } = new URL(request.target, 'http://registry');
  const caller = callerOf(front, request);
  const call = registryCall(pathname);
  if (call === undefined) throw new RegistryError(404, 'NOT_FOUND', `There is nothing at ${pathname}.`);
  if (call.kind === 'ping') return json(200, {});
  const action = actionOf(call, request.method);
  if (action === undefined) throw unsupportedCall();
  requireAllowed(front, { caller, request }, action, call.name);
  if (call.kind === 'manifest' && request.method !== 'PUT')
    await pullThrough.fetch({ request, caller, name: call.name, reference: call.reference });
  const repository = repositoryCalled(front, caller, call.name);
  const of: AllowedCall = { request, caller, repository, query };
  if (call.kind === 'tags') return listTags(front, of);
  if (call.kind === 'manifest') return manifestCall(front, of, call.reference);
  return call.kind === 'blob' ? blobCall(front, of, call.digest) : uploadCall(front, of, call.upload);
}

function callerOf({ pageSeal, clock }: RegistryFront, { headers }: StreamedRequest): Caller {
  const [, encoded] = /^Basic +(\S+)$/i.exec(headerOf(headers, 'authorization') ?? '') ?? [];
  if (encoded === undefined) throw unauthorized('Not Authorized');
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const caller =
    user === 'AWS' && password !== undefined ? openToken(pageSeal, password, clock.now()) : undefined;
  if (caller === 'expired')
    throw unauthorized('Your authorization token has expired. Reauthenticate and try again.');
  if (caller === undefined)
    throw unauthorized(
      'The password is none of GetAuthorizationToken: log in with `aws ecr get-login-password`.',
    );
  return caller;
}

/** Throws NAME_UNKNOWN where there is none. */
function repositoryCalled({ store }: RegistryFront, caller: Caller, name: string): Repository {
  const repository = store.view((tx) => tx.table(repositories).get(repositoryArn(caller, name)));
  if (repository === undefined) throw nameUnknown(name, caller.accountId);
  return repository;
}
