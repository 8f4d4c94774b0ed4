// Answers of the registry's own protocol, whose errors are lists of codes and messages.
import type { HttpResponse } from '../../../wire/http.ts';

const version = { 'docker-distribution-api-version': 'registry/2.0' };

export const reply = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): HttpResponse => ({ status, headers: { ...version, ...headers }, body });

export const json = (
  status: number,
  value: object,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse =>
  reply(status, { 'content-type': 'application/json; charset=utf-8', ...headers }, JSON.stringify(value));

/** An answer that is an error; thrown, so that whoever finds something wrong ends the call. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly response: HttpResponse;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.response = json(status, { errors: [{ code, message }] }, headers);
  }
}

const challenge = { 'www-authenticate': 'Basic realm="Longshore",service="ecr"' };

export const unauthorized = (message: string): RegistryError =>
  new RegistryError(401, 'UNAUTHORIZED', message, challenge);
export const denied = (message: string): RegistryError => new RegistryError(403, 'DENIED', message);
export const nameUnknown = (name: string, accountId: string): RegistryError =>
  new RegistryError(
    404,
    'NAME_UNKNOWN',
    `The repository with name '${name}' does not exist in the registry with id '${accountId}'`,
  );
export const manifestUnknown = (): RegistryError =>
  new RegistryError(404, 'MANIFEST_UNKNOWN', 'Requested image not found');
export const unsupportedCall = (): RegistryError =>
  new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.');
export const unavailable = (message: string): RegistryError => new RegistryError(503, 'UNAVAILABLE', message);
