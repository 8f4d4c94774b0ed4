// Operations on several resources do what they can, and tell of the others.
import { ApiError } from '../../../wire/errors.ts';
import type * as ec2 from '../shapes.generated.ts';

/** Does `run` to each; answers those that it refused, with what it threw. Whoever throws must have written nothing before. */
export function unsuccessful(
  ids: readonly string[],
  run: (id: string) => void,
): readonly ec2.UnsuccessfulItem[] {
  return ids.flatMap((id) => {
    try {
      run(id);
      return [];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return [{ ResourceId: id, Error: { Code: error.code, Message: error.message } }];
    }
  });
}
