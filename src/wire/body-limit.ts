// How large a request body may be.
import { ApiError } from './errors.ts';

/** 1 MiB: several times the largest task definition that ECS takes. */
export const defaultMaxBodyBytes = 1024 * 1024;

/** The error for a body of more than `limit` bytes. */
export function bodyTooLarge(limit: number): ApiError {
  return new ApiError(
    'RequestEntityTooLargeException',
    `The request body is larger than ${limit} bytes.`,
    413,
  );
}
