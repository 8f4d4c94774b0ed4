// Calls Longshore's own API of a rig, as its command line does: with wire/call-api, signed.
import { longshoreTargetPrefix } from '../../src/longshore/model.ts';
import { ApiError } from '../../src/wire/errors.ts';
import { jsonContentType } from '../../src/wire/protocols/json.ts';
import { sign, type Credentials } from '../../src/wire/sigv4/sign.ts';
import type { EcsRig } from '../../test-support/ecs-rig.ts';
import { checkAnswer } from './longshore-answer.ts';

/** The operation's output, which is as its model says; throws ApiError when it is refused. */
export async function longshoreCall<Output = Record<string, unknown>>(
  rig: EcsRig,
  operation: string,
  input: object,
  credentials: Credentials = rig.controlPlane.administrator,
): Promise<Output> {
  const headers = {
    host: '127.0.0.1:4566',
    'content-type': jsonContentType,
    'x-amz-target': `${longshoreTargetPrefix}.${operation}`,
  };
  const response = await rig.controlPlane.handle(
    sign(
      { method: 'POST', target: '/', headers, body: Buffer.from(JSON.stringify(input)) },
      { credentials, region: 'us-east-1', signingName: 'ecs', now: rig.clock.now() },
    ),
  );
  const body = JSON.parse(String(response.body)) as Record<string, unknown>;
  if (response.status !== 200)
    throw new ApiError(String(body['__type']), String(body['message']), response.status);
  checkAnswer(operation, body);
  return body as Output;
}
