// The right calls that mutations begin with: inputs of all operations of the model, built or not.
import fc from 'fast-check';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import type { Random } from '../../src/lib/random.ts';
import { placeholder, wholeInput } from '../../test-support/fuzz-inputs.ts';
import type { RunningLongshore } from '../bench/running-longshore.ts';
import { pick } from './pick.ts';
import { lastPart } from '../../src/lib/arn.ts';

const operations = Object.keys(ecsModel.operations);
/** Inputs an operation has: few enough that names repeat, and what they make stays little. */
const inputsEach = 40;

/** What there is from the start, by the word that stands for it in inputs. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** Makes one of each kind that other calls need. */
export async function furnish({ call }: RunningLongshore): Promise<Names> {
  const cluster = 'default';
  await call('CreateCluster', { clusterName: cluster });
  for (const family of ['web', 'port']) {
    const containerDefinitions = [{ name: 'app', image: 'busybox', memory: 32 }];
    await call('RegisterTaskDefinition', { family, containerDefinitions });
  }
  const { containerInstance } = await call<{ containerInstance: { containerInstanceArn: string } }>(
    'RegisterContainerInstance',
    { cluster, totalResources: [] },
  );
  await call('CreateService', { serviceName: 'svc', taskDefinition: 'web', desiredCount: 1 });
  await call('CreateService', {
    serviceName: 'ext',
    deploymentController: { type: 'EXTERNAL' },
    desiredCount: 1,
  });
  const { taskSet } = await call<{ taskSet: { taskSetArn: string } }>('CreateTaskSet', {
    cluster,
    service: 'ext',
    taskDefinition: 'web',
  });
  const instance = containerInstance.containerInstanceArn;
  return { instance: [instance], instanceId: [lastPart(instance)], taskSet: [taskSet.taskSetArn] };
}

export interface RandomCall {
  readonly operation: string;
  readonly input: unknown;
}

/** Chooses a call by a given chance, out of a pool that `seed` decides. */
export function callPool(seed: number, names: Names): (random: Random) => RandomCall {
  const pools = new Map(
    operations.map((operation) => {
      const inputs = fc.sample(wholeInput(operation), { numRuns: inputsEach, seed });
      return [operation, inputs.map((input) => named(input, names))] as const;
    }),
  );
  return (random) => {
    const operation = pick(random, operations);
    return { operation, input: pick(random, pools.get(operation)!) };
  };
}

const named = (input: unknown, names: Names): unknown =>
  JSON.parse(
    JSON.stringify(input, (_, value: unknown) => {
      const kind = typeof value === 'string' ? placeholder.exec(value)?.[1] : undefined;
      return kind === undefined ? value : (names[kind]?.[0] ?? value);
    }),
  ) as unknown;
