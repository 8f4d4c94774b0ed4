// What ECS has and its public model does not: members that agents send, the official one and Longshore's own, and a value.
import type { Ref, Shape, StructureShape } from '../src/wire/model.ts';

/** What an API's model has beyond what the SDK says. */
export interface Additions {
  readonly shapes: Readonly<Record<string, Shape>>;
  /** By structure of the SDK. */
  readonly members: Readonly<Record<string, Readonly<Record<string, Ref>>>>;
  /** By enum of the SDK. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

const structure = (members: StructureShape['members']): Shape => ({ kind: 'structure', members });

export const ecsAdditions: Additions = {
  shapes: {
    LongshoreLines: { kind: 'list', of: 'String' },
    LongshoreFailure: structure({ reason: 'String', containers: 'LongshoreFailedContainers' }),
    LongshoreFailedContainers: { kind: 'list', of: 'LongshoreFailedContainer' },
    LongshoreFailedContainer: structure({
      containerName: 'String',
      reason: 'String',
      lastLogLines: 'LongshoreLines',
      logProblem: 'String',
    }),
  },
  members: {
    RegisterContainerInstanceRequest: { clientToken: 'String' },
    // What Longshore's agent adds of a task that failed, or that its host ended; ECS ignores it.
    SubmitTaskStateChangeRequest: { longshoreFailure: 'LongshoreFailure', longshoreEndedByHost: 'Boolean' },
  },
  // Hooks can be called at this stage; a deployment that is there has to say so.
  values: { ServiceDeploymentLifecycleStage: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] },
};
