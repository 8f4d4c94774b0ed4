// How large a request body may be, and how large all together may be before their signatures are checked.
import { ApiError } from './errors.ts';

/** 64 MiB for the bodies whose senders are not known yet: the largest body that most operations take, 64 times. */
export const defaultMaxUnverifiedBytes = 64 * 1024 * 1024;

/** The error for a body that had to make room for others. */
export function noRoomForBody(): ApiError {
  return new ApiError(
    'ServiceUnavailableException',
    'The server has too many unfinished requests, and this was the oldest. Send it again.',
    503,
  );
}

/** The error for a body of more than `limit` bytes. */
export function bodyTooLarge(limit: number): ApiError {
  return new ApiError(
    'RequestEntityTooLargeException',
    `The request body is larger than ${limit} bytes.`,
    413,
  );
}
