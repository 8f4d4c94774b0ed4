// What state refuses in the words of its service, for whoever changes or reads it: an API's operations, or another service.
import type { ImmediateOperation } from '../../wire/api.ts';
import { ApiError } from '../../wire/errors.ts';

/** An error of a service by its wire name; the message is for callers and shows no secret. */
export class ServiceProblem extends Error {
  override readonly name: string = 'ServiceProblem';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** `operations` that answer the problems of their service as its errors. */
export const answeringProblems = (
  operations: Readonly<Record<string, ImmediateOperation>>,
): Record<string, ImmediateOperation> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, run]): [string, ImmediateOperation] => [
      name,
      (input, call) => {
        try {
          return run(input, call);
        } catch (error) {
          throw error instanceof ServiceProblem ? new ApiError(error.code, error.message) : error;
        }
      },
    ]),
  );
