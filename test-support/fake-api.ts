// A tiny API with ECS's name and model, for testing the wire alone.
import { ecsModel } from '../src/aws/ecs/shapes.generated.ts';
import { silentLog } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { VirtualClock } from './virtual-clock.ts';
import { noStore } from './no-store.ts';
import type { Api, Call, Operation } from '../src/wire/api.ts';
import { ApiError } from '../src/wire/errors.ts';
import { createHandler, type HandlerOptions } from '../src/wire/handler.ts';

/** The key that `fakeHandler` knows. */
export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'not/really+secret' };

export const targetPrefix = 'AmazonEC2ContainerServiceV20141113';

/** An API of the ECS model with these operations only. */
export function fakeApi(operations: Readonly<Record<string, Operation>> = echoOperations): Api {
  return {
    model: ecsModel,
    operations,
    invalid: (_, message) => new ApiError('InvalidParameterException', message),
  };
}

/** ListClusters answers who called, as an ARN; RunTask and DescribeTasks answer what they were given. */
const echoOperations: Readonly<Record<string, Operation>> = {
  ListClusters: (_: object, call: Call) => ({
    clusterArns: [`arn:aws:ecs:${call.region}:${call.accountId}:cluster/${call.principalArn}`],
  }),
  RunTask: (input: object) => ({ tasks: [], failures: [{ reason: JSON.stringify(input) }] }),
  DescribeTasks: (input: object) => ({ tasks: [], failures: [{ reason: JSON.stringify(input) }] }),
  DeleteCluster: () => {
    throw new ApiError('ConflictException', 'Taken.', 409, { resourceIds: ['a', 'b'] });
  },
  StopTask: () => {
    throw new Error('a bug with a secret in its message');
  },
};

/** A handler of `fakeApi` on a virtual clock that accepts `credentials`, and the clock. */
export function fakeHandler(options: Partial<HandlerOptions> = {}) {
  const clock = new VirtualClock();
  const handle = createHandler({
    apis: [fakeApi()],
    lookupAccessKey: (accessKeyId) =>
      accessKeyId === credentials.accessKeyId
        ? {
            secretAccessKey: credentials.secretAccessKey,
            accountId: '123456789012',
            principalArn: 'arn:aws:iam::123456789012:user/admin',
          }
        : undefined,
    authorise: () => undefined,
    clock,
    random: seededRandom(1),
    log: silentLog,
    store: noStore(),
    ...options,
  });
  return { handle, clock };
}
