// Calls that the engine answers, under the name that it knows the repository by.
import type { Readable } from 'node:stream';
import type { HttpResponse } from '../../../wire/http.ts';
import type { Repository } from '../state/repository/repository.ts';
import { engineName } from '../state/engine-name.ts';
import type { EngineResponse } from '../registry-engine.ts';
import type { AllowedCall, RegistryFront } from './allowed-call.ts';
import { reply } from './reply.ts';

/** Headers of a request that concern what it asks for. */
const passed = ['accept', 'content-type', 'content-length', 'content-range', 'range', 'if-none-match'];
/** Headers of an answer that concern what it holds. */
const returned = [
  'accept-ranges',
  'content-length',
  'content-range',
  'content-type',
  'docker-content-digest',
  'docker-upload-uuid',
  'etag',
  'location',
  'range',
];

const picked = (
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const])),
  );

const hasBody = new Set(['PATCH', 'POST', 'PUT']);

/** The engine's answer to the request, at `rest` behind the repository's name. */
export function askAbout(
  { engine }: RegistryFront,
  { request, repository }: AllowedCall,
  rest: string,
): Promise<EngineResponse> {
  const { method, headers, body } = request;
  return engine.send({
    method,
    target: `${engineTarget(repository)}${rest}`,
    headers: picked(headers, passed),
    ...(hasBody.has(method) && { body: body as Readable }),
  });
}

export const engineTarget = (repository: Pick<Repository, 'accountId' | 'region' | 'name'>): string =>
  `/v2/${engineName(repository, repository.name)}`;

/** The answer as the caller gets it: places are named as the caller knows them. */
export function passBack(repository: Repository, { status, headers, body }: EngineResponse): HttpResponse {
  const kept = picked(headers, returned);
  const { location } = kept;
  if (location !== undefined) kept['location'] = ownTarget(repository, location);
  return { ...reply(status, kept), streamed: body };
}

function ownTarget(repository: Repository, location: string): string {
  const { pathname, search } = new URL(location, 'http://engine');
  return `${pathname.replace(engineTarget(repository), `/v2/${repository.name}`)}${search}`;
}
