// One signed request as any client might send it, right or wrong, and what came back.
import { jsonContentType } from '../../src/wire/protocols/json.ts';
import { sign, type Credentials } from '../../src/wire/sigv4/sign.ts';
import type { EcsRig } from '../../test-support/ecs-rig.ts';

export interface RawReply {
  readonly status: number;
  /** `__type` of a refusal. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls an ECS operation with any JSON value at all. */
export async function rawCall(
  rig: EcsRig,
  operation: string,
  input: unknown,
  region = 'us-east-1',
  credentials: Credentials = rig.controlPlane.administrator,
): Promise<RawReply> {
  const { clock, controlPlane } = rig;
  const headers = {
    host: '127.0.0.1:4566',
    'content-type': jsonContentType,
    'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
  };
  const request = sign(
    { method: 'POST', target: '/', headers, body: Buffer.from(JSON.stringify(input)) },
    {
      credentials,
      region,
      signingName: 'ecs',
      now: clock.now(),
    },
  );
  const response = await controlPlane.handle(request);
  const body = JSON.parse(String(response.body)) as Record<string, unknown>;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { status: response.status, code: text(body['__type']), message: text(body['message']), body };
}
