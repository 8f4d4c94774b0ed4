// The members that agents send and the public model does not have: the official agent's, and Longshore's own.
import type { FailureEvidence } from '../../../../agent-protocol/failure-evidence.ts';
import { withinLimits } from '../../../../agent-protocol/failure-evidence.ts';
import type { Shape, ApiModel } from '../../../../wire/model.ts';

/** What Longshore's agent adds to SubmitTaskStateChange of a task that failed, or that its host ended; ECS ignores it. */
export interface LongshoreMembers {
  readonly longshoreEndedByHost?: boolean;
  readonly longshoreFailure?: {
    readonly reason?: string;
    readonly containers?: readonly {
      readonly containerName?: string;
      readonly reason?: string;
      readonly lastLogLines?: readonly string[];
      readonly logProblem?: string;
    }[];
  };
}

/** `model` with those members; throws when it lacks what they belong to. */
export function withAgentMembers(model: ApiModel): ApiModel {
  return {
    ...model,
    shapes: {
      ...model.shapes,
      String: 'string',
      LongshoreLines: { kind: 'list', of: 'String' },
      LongshoreFailure: structure({ reason: 'String', containers: 'LongshoreFailedContainers' }),
      LongshoreFailedContainers: { kind: 'list', of: 'LongshoreFailedContainer' },
      LongshoreFailedContainer: structure({
        containerName: 'String',
        reason: 'String',
        lastLogLines: 'LongshoreLines',
        logProblem: 'String',
      }),
      ...extended(model, 'RegisterContainerInstanceRequest', { clientToken: 'String' }),
      ...extended(model, 'SubmitTaskStateChangeRequest', {
        longshoreFailure: 'LongshoreFailure',
        longshoreEndedByHost: 'Boolean',
      }),
    },
  };
}

const structure = (members: Readonly<Record<string, string>>): Shape => ({
  kind: 'structure',
  members,
  required: [],
});

function extended(
  model: ApiModel,
  name: string,
  members: Readonly<Record<string, string>>,
): Record<string, Shape> {
  const shape = model.shapes[name];
  if (typeof shape !== 'object' || shape.kind !== 'structure')
    throw new Error(`The ECS model lacks ${name}.`);
  return { [name]: { ...shape, members: { ...shape.members, ...members } } };
}

/** The evidence in a report, held to its limits; undefined when the agent sent none. */
export function failureEvidence({ longshoreFailure: given }: LongshoreMembers): FailureEvidence | undefined {
  if (given === undefined) return undefined;
  const containers = (given.containers ?? []).map(({ containerName = '', ...rest }) => ({
    ...rest,
    containerName,
  }));
  return withinLimits({ ...given, containers });
}
