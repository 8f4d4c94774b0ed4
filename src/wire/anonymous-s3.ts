// Recognises calls of S3 that are not signed, as clients send them for public buckets: nothing in them names their service.
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import { addressedByPath } from './protocols/virtual-host.ts';
import { splitTarget } from './request-target.ts';

/** Headers that the clients of other services have in calls without a signature, and those of S3 never. */
const foreign = ['authorization', 'x-amz-target', 'smithy-protocol', 'x-amz-sso_bearer_token'];

/** Whether an AWS SDK sent the request for S3, without a signature. Of services called by path, S3 alone takes such calls from anybody. */
export function isAnonymousS3({ target, headers }: Pick<HttpRequest, 'target' | 'headers'>): boolean {
  const isOfSdk = headerOf(headers, 'amz-sdk-invocation-id') !== undefined;
  if (!isOfSdk || foreign.some((name) => headerOf(headers, name) !== undefined)) return false;
  const type = headerOf(headers, 'content-type') ?? '';
  const isForm =
    /(^|&)Action=/.test(splitTarget(target).query) || /^application\/(x-www-form|json)/i.test(type);
  return !isForm;
}

/**
 * Whether a browser may have sent it, for what a bucket shows to everybody, or to ask whether it may send more. Only where S3 is served:
 * nothing else of what is served takes a path without a signature.
 */
export function isPlainS3({
  method,
  target,
  headers,
}: Pick<HttpRequest, 'method' | 'target' | 'headers'>): boolean {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) return false;
  if (foreign.some((name) => headerOf(headers, name) !== undefined)) return false;
  const { path } = splitTarget(addressedByPath({ target, headers }).target);
  return /^\/[a-z0-9][a-z0-9.-]{2,62}(\/|$)/.test(path);
}
