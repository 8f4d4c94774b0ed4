import { on, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { ApiError } from '../wire/errors.ts';
import { listen, type Listening } from '../wire/listen.ts';
import { aContainerInstance } from '../../test-support/builders/a-container-instance.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { aTask } from '../../test-support/builders/a-task.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import { isLinkTarget } from './link-path.ts';
import { createAgentUpgrade } from './upgrade.ts';

const { arn } = aContainerInstance();
const acsQuery = new URLSearchParams({
  containerInstanceArn: arn,
  clusterArn: 'default',
  protocolVersion: '2',
});
const tcsQuery = new URLSearchParams({ containerInstance: arn, cluster: 'default' });

describe('upgrade', () => {
  let rig: LinkRig;
  let listening: Listening;
  let base: string;
  const opened: (WebSocket | Socket)[] = [];

  beforeEach(async () => {
    rig = await LinkRig.open();
    const onUpgrade = createAgentUpgrade({
      link: rig.link,
      log: silentLog,
      authenticate: ({ headers }) => {
        if (headers.authorization !== 'signed') {
          throw new ApiError('MissingAuthenticationToken', 'Unsigned.', 403);
        }
        return { ...aScope, accessKeyId: 'AKIA', principalArn: 'arn:aws:iam::1:user/agent' };
      },
    });
    listening = await listen({
      handle: ({ target }) => Promise.resolve({ status: 200, headers: {}, body: JSON.stringify({ target }) }),
      host: '127.0.0.1',
      port: 0,
      clock: systemClock,
      onUpgrade,
      isUpgradable: isLinkTarget,
    });
    base = `127.0.0.1:${listening.port}`;
  });

  afterEach(async () => {
    for (const client of opened.splice(0)) {
      if (client instanceof WebSocket) client.terminate();
      else client.destroy();
    }
    await listening.close();
  });

  const open = (target: string, headers: Record<string, string> = { authorization: 'signed' }): WebSocket => {
    const client = new WebSocket(`ws://${base}${target}`, { headers });
    opened.push(client);
    return client;
  };
  /** Reads frames one by one, also those that come together. */
  const frames = (client: WebSocket) => {
    const events = on(client, 'message');
    return async (): Promise<unknown> => {
      const { value } = (await events.next()) as { value: [Buffer] };
      return JSON.parse(value[0].toString());
    };
  };
  const connected = (expected: boolean) => vi.waitFor(() => expect(rig.isConnected()).toBe(expected));

  it.each([`/acs/ws?${acsQuery}`, `/ws?${acsQuery}`])('serves the command link at %s', async (target) => {
    rig.putTasks(aTask());
    const next = frames(open(target));
    expect(await next()).toMatchObject({ type: 'TaskManifestMessage' });
    expect(await next()).toMatchObject({ type: 'PayloadMessage' });
    expect(rig.isConnected()).toBe(true);
  });

  it('keeps where the agent is: its address, and the name of its machine where it tells it', async () => {
    const { version } = rig.instance()!;
    await once(open(`/acs/ws?${acsQuery}`), 'open');
    expect(rig.instance()?.host).toEqual({ address: '127.0.0.1' });
    await once(open(`/acs/ws?${acsQuery}&hostName=box-1.internal`), 'open');
    expect(rig.instance()?.host).toEqual({ name: 'box-1.internal', address: '127.0.0.1' });
    await once(open(`/acs/ws?${acsQuery}&hostName=box-1.internal`), 'open');
    expect(rig.instance()?.version).toBe(version + 2);
    await once(open(`/acs/ws?${acsQuery}&hostName=${encodeURIComponent('\u001b[31mbox')}`), 'open');
    expect(rig.instance()?.host).toEqual({ address: '127.0.0.1' });
  });

  it.each([`/tcs/ws?${tcsQuery}`, `/ws?${tcsQuery}`])('serves the telemetry link at %s', async (target) => {
    const client = open(target);
    await once(client, 'open');
    client.send('A: b\r\n\r\n{"type":"PublishMetricsRequest","message":{}}');
    expect(await frames(client)()).toMatchObject({ type: 'AckPublishMetric' });
  });

  const refusal = async (client: WebSocket): Promise<{ status: number; body: unknown }> => {
    client.on('error', () => undefined);
    const [, response] = (await once(client, 'unexpected-response')) as [
      unknown,
      NodeJS.ReadableStream & { statusCode: number },
    ];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    return { status: response.statusCode, body: JSON.parse(body) };
  };

  it('refuses an unsigned upgrade', async () => {
    const client = open(`/acs/ws?${acsQuery}`, {});
    expect(await refusal(client)).toEqual({ status: 403, body: { AccessDeniedException: 'Unsigned.' } });
  });

  it.each([
    ['/ws', 'BadRequestException'],
    ['/acs/ws', 'BadRequestException'],
    [`/acs/ws?containerInstanceArn=nobody`, 'InvalidInstanceException'],
    [`/tcs/ws?containerInstance=nobody`, 'InvalidInstanceException'],
  ])('refuses %s with %s', async (target, code) => {
    expect(await refusal(open(target))).toEqual({ status: 400, body: { [code]: expect.any(String) } });
  });

  it.each(['/health', '/elsewhere/ws', '/acs', '/'])(
    'ignores the offer of a websocket at %s, which is for no agent',
    async (target) => {
      expect(await refusal(open(target, {}))).toEqual({ status: 200, body: { target } });
    },
  );

  it('names the exception that makes an agent wait when its instance is deregistered', async () => {
    rig.putInstance(aContainerInstance({ status: 'INACTIVE' }));
    const { body } = await refusal(open(`/acs/ws?${acsQuery}`));
    expect(body).toEqual({ InactiveInstanceException: expect.any(String) });
  });

  it('survives a target that is no URL', async () => {
    const raw = connect(listening.port, '127.0.0.1');
    opened.push(raw);
    raw.write('GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const [answer] = (await once(raw, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK[^]*"target":"http:\/\/\["/);
  });

  it('finishes the close that an agent begins', async () => {
    const client = open(`/acs/ws?${acsQuery}`);
    await once(client, 'open');
    client.close(1000, 'ConnectionExpired: Reconnect to continue');
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(1000);
    await connected(false);
  });

  it('notices an agent that leaves with a bare FIN', async () => {
    const client = open(`/acs/ws?${acsQuery}`);
    await Promise.all([once(client, 'open'), connected(true)]);
    const { _socket } = client as unknown as { _socket: Socket };
    _socket.end();
    await connected(false);
  });

  it('takes a frame in pieces, and drops a binary one', async () => {
    const client = open(`/tcs/ws?${tcsQuery}`);
    await once(client, 'open');
    client.send(Buffer.from('{"type":"PublishMetricsRequest","message":{}}'), { binary: true });
    client.send('{"type":"PublishHealth', { fin: false });
    client.send('Request","message":{}}', { fin: true });
    expect(await frames(client)()).toMatchObject({ type: 'AckPublishHealth' });
  });

  it('cuts off an agent whose frame has no end', async () => {
    const client = open(`/acs/ws?${acsQuery}`);
    await connected(true);
    client.send('x'.repeat(5 * 1024 * 1024));
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(1009);
    await connected(false);
  });

  it('cuts off a peer that does not speak the protocol', async () => {
    const client = open(`/acs/ws?${acsQuery}`);
    await Promise.all([once(client, 'open'), connected(true)]);
    const { _socket } = client as unknown as { _socket: Socket };
    _socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    await connected(false);
  });
});
