// Raised where a task definition asks for what cannot be put into a payload.

/** The task cannot be sent to any agent; the message says what stands in the way. */
export class UnsupportedPayloadError extends Error {
  override readonly name = 'UnsupportedPayloadError';
}
