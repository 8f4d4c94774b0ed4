// The user's mistake in calling us: exit code 2, one sentence, no stack.

export class UsageError extends Error {
  override readonly name = 'UsageError';
}
