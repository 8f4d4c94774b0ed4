// Recognises calls of S3 that are not signed, as clients send them for public buckets: nothing in them names their service.
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
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
