// S3's clients name the bucket in the path, or before the name of the host. All that follows knows the first form alone.
import { headerOf } from '../header-of.ts';
import type { HttpRequest } from '../http.ts';

// `bucket.s3.eu-west-1.amazonaws.com`, `bucket.s3.example.com`, `bucket.localhost`. Bucket names may have dots, and three characters at least.
const hosts = [/^(.{3,63})\.s3[.-]/, /^(.{3,63})\.localhost$/];

/** The request as if its bucket were in the path; the signature is of what came. */
export function addressedByPath<Request extends Pick<HttpRequest, 'target' | 'headers'>>(
  request: Request,
): Request {
  const { headers } = request;
  // Clients of S3 Control name an account there.
  if (headerOf(headers, 'x-amz-account-id') !== undefined) return request;
  const bucket = bucketOfHost(headerOf(headers, 'host') ?? '');
  return bucket === undefined ? request : { ...request, target: `/${bucket}${request.target}` };
}

/** The bucket that a host is named after; undefined where it is none of a bucket. */
function bucketOfHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d*$/, '');
  for (const pattern of hosts) {
    const bucket = pattern.exec(name)?.[1];
    if (bucket !== undefined && /^[a-z0-9][a-z0-9.-]+$/.test(bucket)) return bucket;
  }
  return undefined;
}
