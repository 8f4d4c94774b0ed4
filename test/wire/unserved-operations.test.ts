// What AWS has and Longshore does not serve: every such operation is refused by its name, in the protocol that its clients speak.
import { beforeAll, describe, expect, it } from 'vitest';
import { ec2Model } from '../../src/aws/ec2/shapes.generated.ts';
import { ecrModel } from '../../src/aws/ecr/shapes.generated.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { iamModel } from '../../src/aws/iam/shapes.generated.ts';
import { kmsModel } from '../../src/aws/kms/shapes.generated.ts';
import { logsModel } from '../../src/aws/logs/shapes.generated.ts';
import { secretsmanagerModel } from '../../src/aws/secretsmanager/shapes.generated.ts';
import { ssmModel } from '../../src/aws/ssm/shapes.generated.ts';
import { stsModel } from '../../src/aws/sts/shapes.generated.ts';
import type { HttpResponse } from '../../src/wire/http.ts';
import type { ApiModel } from '../../src/wire/model.ts';
import { jsonContentType } from '../../src/wire/protocols/json.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { toldError } from './told-error.ts';

const models = [
  ec2Model,
  ecrModel,
  ecsModel,
  iamModel,
  kmsModel,
  logsModel,
  secretsmanagerModel,
  ssmModel,
  stsModel,
];

let rig: EcsRig;
beforeAll(async () => {
  rig = await EcsRig.open();
});

/** Calls the operation with an input that no model knows. */
function call({ signingName, targetPrefix }: ApiModel, operation: string): Promise<HttpResponse> {
  const { clock, controlPlane } = rig;
  const [headers, body] =
    targetPrefix === undefined
      ? [{ 'content-type': 'application/x-www-form-urlencoded' }, `Action=${operation}&Any.1=x`]
      : [
          { 'content-type': jsonContentType, 'x-amz-target': `${targetPrefix}.${operation}` },
          '{"Any":["x"]}',
        ];
  const request = {
    method: 'POST',
    target: '/',
    headers: { host: 'h', ...headers },
    body: Buffer.from(body),
  };
  const credentials = controlPlane.administrator;
  return controlPlane.handle(
    sign(request, { credentials, region: 'us-east-1', signingName, now: clock.now() }),
  );
}

describe('an operation that is not served', () => {
  it.each(models.map((model) => [model.signingName, model] as const))(
    'of %s is refused by its name',
    async (_, model) => {
      expect(model.otherOperations).not.toHaveLength(0);
      for (const operation of model.otherOperations!) {
        const response = await call(model, operation);
        expect(response.status, operation).toBe(400);
        expect(toldError(response).message).toMatch(new RegExp(`\\b${operation}\\b`));
      }
    },
  );
});
