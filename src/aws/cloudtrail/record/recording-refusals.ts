// Denials of what is no call of an operation, as an agent's links and the registry of images ask for it: they are on record too.
import { uuid } from '../../../lib/ids.ts';
import type { Random } from '../../../lib/random.ts';
import { accessDenied, type Authorise } from '../../../wire/authorise.ts';
import type { RecordCall } from '../../../wire/answered-call.ts';

/** Decides as `authorise` does, and tells `record` of each refusal. */
export function recordingRefusals(
  authorise: Authorise,
  record: RecordCall | undefined,
  random: Random,
): Authorise {
  if (record === undefined) return authorise;
  return (question) => {
    const refusal = authorise(question);
    if (refusal === undefined) return undefined;
    const { caller, action, details } = question;
    const requestId = uuid(random);
    const error = accessDenied(caller, refusal);
    record({
      requestId,
      caller: { ...caller, requestId, now: 0 },
      statedAccessKeyId: caller.accessKeyId,
      signingName: undefined,
      action,
      operation: undefined,
      isForwarded: false,
      input: undefined,
      output: undefined,
      error,
      toldCode: error.code,
      address: details?.address,
      userAgent: details?.userAgent,
    });
    return refusal;
  };
}
