// Access keys of Longshore come without session tokens: a request that carries one is nobody's.
import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/wire/http.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { sdkClient } from '../../test-support/sdk-client.ts';

const invalid = {
  name: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});
const withToken = (sessionToken: string) => ({ ...rig.controlPlane.administrator, sessionToken });

describe('a session token', () => {
  it('that nobody gave is refused in a call', async () => {
    const client = sdkClient(rig.controlPlane.handle, withToken('junk'), { clock: rig.clock });
    await expect(client.send(new ListClustersCommand({}))).rejects.toMatchObject({
      ...invalid,
      $metadata: { httpStatusCode: 400 },
    });
  });

  const link: HttpRequest = {
    method: 'GET',
    target: '/acs/ws?containerInstanceArn=a',
    headers: { host: 'h' },
    body: new Uint8Array(),
  };

  it('that nobody gave is refused at the door of an agent’s link', () => {
    const signed = (sessionToken: string) =>
      sign(link, {
        credentials: withToken(sessionToken),
        region: 'us-east-1',
        signingName: 'ecs',
        now: rig.clock.now(),
      });
    expect(() => rig.controlPlane.authenticate(signed('junk'))).toThrow(invalid.message);
    expect(rig.controlPlane.authenticate(signed('')).region).toBe('us-east-1');
  });

  it('that is empty is none: so shells send a variable that holds nothing', () => {
    const headers = { ...link.headers, 'x-amz-security-token': '' };
    const request = sign(
      { ...link, headers },
      {
        credentials: rig.controlPlane.administrator,
        region: 'us-east-1',
        signingName: 'ecs',
        now: rig.clock.now(),
      },
    );
    expect(rig.controlPlane.authenticate(request).region).toBe('us-east-1');
  });
});
