// What Longshore's agent adds to the report of a task that failed.
import { withinLimits, type FailureEvidence } from '../../../../agent-protocol/failure-evidence.ts';
import type { SubmitTaskStateChangeRequest } from '../../shapes.generated.ts';

type Report = Pick<SubmitTaskStateChangeRequest, 'longshoreFailure'>;

/** The evidence in a report, held to its limits; undefined when the agent sent none. */
export function failureEvidence({ longshoreFailure: input }: Report): FailureEvidence | undefined {
  if (input === undefined) return undefined;
  const containers = (input.containers ?? []).map(({ containerName = '', ...rest }) => ({
    ...rest,
    containerName,
  }));
  return withinLimits({ ...input, containers });
}
