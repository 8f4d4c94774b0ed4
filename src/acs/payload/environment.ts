// The environment of a container as the agent gets it: a map, with run-time overrides laid over the definition.
import type { Task } from '../../aws/ecs/state/task/task.ts';

type Variables = readonly { readonly name?: string | undefined; readonly value?: string | undefined }[];

const executionEnvironment: Readonly<Record<Task['launchType'], string>> = {
  EC2: 'AWS_ECS_EC2',
  EXTERNAL: 'AWS_ECS_EXTERNAL',
};

/**
 * Lays `overrides` over `defined`, and both over AWS_EXECUTION_ENV of the launch type; of equal names the later wins. What
 * has no value says nothing: a definition that was registered long ago may still hold one.
 */
export function payloadEnvironment(
  launchType: Task['launchType'],
  defined: Variables = [],
  overrides: Variables = [],
): Record<string, string> {
  const pairs = [...defined, ...overrides].flatMap(({ name, value }) =>
    name === undefined || value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries([['AWS_EXECUTION_ENV', executionEnvironment[launchType]], ...pairs]);
}
