// What is known of machines that ECS has no member for: where instances are, and what they did to tasks.
import { namedInstance } from './common.ts';
import { list, structure } from './structure.ts';

export const hostShapes = {
  DescribeInstanceHostsInput: structure({
    cluster: 'String?',
    /** Ids or ARNs; without any, all of the cluster. */
    containerInstances: 'Strings?',
  }),
  DescribeInstanceHostsOutput: structure({
    /** In ARN order; those that are not found, and INACTIVE ones, are left out. */
    hosts: 'InstanceHosts',
  }),
  InstanceHost: structure({
    ...namedInstance,
    /** There while its agent or its container engine does not answer: what is known of its tasks was heard last. */
    isUnreachable: 'Boolean?',
  }),
  InstanceHosts: list('InstanceHost'),
  DescribeTaskEndsInput: structure({
    cluster: 'String?',
    /** Ids or ARNs; at most 100. */
    tasks: 'Strings?',
  }),
  DescribeTaskEndsOutput: structure({
    /** Of the tasks of which there is something to tell; those that are not kept any more are left out. */
    ends: 'TaskEnds',
  }),
  TaskEnd: structure({
    taskArn: 'String',
    /** Its container engine stopped, or lost its containers: it did not end by itself. */
    isEndedByHost: 'Boolean',
  }),
  TaskEnds: list('TaskEnd'),
} as const;
