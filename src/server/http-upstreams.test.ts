import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readAll } from '../aws/ecr/registry-engine.ts';
import { httpUpstreams } from './http-upstreams.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, origin: string) => void;

/** The upstream `other`, answered by the function. */
async function upstream(answer: Answer) {
  const server = createServer((request, response) => answer(request, response, origin));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstreams = httpUpstreams({ other: origin });
  return (more: Partial<Parameters<typeof upstreams.get>[0]> = {}) =>
    upstreams.get({ host: 'other', path: '/v2/a/b/manifests/v1', repository: 'a/b', ...more });
}

/** A registry that wants a token for `a/b`, of a server that wants that login, or none. */
const withTokens =
  (login?: string): Answer =>
  ({ url = '', headers }, response, origin) => {
    const { pathname, search } = new URL(url, origin);
    if (pathname === '/token') {
      const known = headers.authorization === (login && `Basic ${Buffer.from(login).toString('base64')}`);
      expect(search).toBe('?service=here&scope=repository%3Aa%2Fb%3Apull');
      response.writeHead(known ? 200 : 401).end(JSON.stringify({ token: 't' }));
    } else if (headers.authorization === 'Bearer t') response.end('manifest');
    else {
      const challenge = `Bearer realm="${origin}/token",service="here"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
  };

const textOf = async (answer: ReturnType<Awaited<ReturnType<typeof upstream>>>) => {
  const { status, body } = await answer;
  return [status, (await readAll(body, 1000)).toString()];
};

test('reads what needs no login, and tells what is not there', async () => {
  const get = await upstream(({ url, headers }, response) => {
    expect(headers.accept).toBe('x/y, z');
    response.writeHead(url === '/v2/a/b/manifests/v1' ? 200 : 404).end('manifest');
  });
  expect(await textOf(get({ accept: ['x/y', 'z'] }))).toEqual([200, 'manifest']);
  expect(await textOf(get({ accept: ['x/y', 'z'], path: '/v2/c' }))).toEqual([404, 'manifest']);
});

test('gets a token, with a login and without', async () => {
  expect(await textOf((await upstream(withTokens()))())).toEqual([200, 'manifest']);
  const get = await upstream(withTokens('me:secret'));
  expect(await textOf(get({ login: { username: 'me', accessToken: 'secret' } }))).toEqual([200, 'manifest']);
  await expect(get()).rejects.toThrow('The registry other refuses the login.');
});

test('logs in where no token is wanted', async () => {
  const get = await upstream(({ headers }, response) => {
    const known = headers.authorization === `Basic ${Buffer.from('me:secret').toString('base64')}`;
    response.writeHead(known ? 200 : 401, { 'www-authenticate': 'Basic realm="x"' }).end('manifest');
  });
  expect(await textOf(get({ login: { username: 'me', accessToken: 'secret' } }))).toEqual([200, 'manifest']);
  await expect(get()).rejects.toThrow('asks for a login');
  await expect(get({ login: { username: 'me', accessToken: 'no' } })).rejects.toThrow('refuses the login');
});

test('says what is wrong with a registry', async () => {
  const answering = async (status: number, headers: Record<string, string> = {}, text = '') =>
    (
      await upstream(({ url }, response) => {
        if (url!.startsWith('/token')) response.end(text);
        else response.writeHead(status, headers).end();
      })
    )();
  await expect(answering(500)).rejects.toThrow('answers 500 to /v2/a/b/manifests/v1');
  await expect(answering(401, { 'www-authenticate': 'Bearer service="x"' })).rejects.toThrow(
    'where its tokens',
  );
  const get = await upstream(({ url }, response, origin) => {
    if (url!.startsWith('/token')) response.end('{}');
    else response.writeHead(401, { 'www-authenticate': `Bearer realm="${origin}/token"` }).end();
  });
  await expect(get()).rejects.toThrow('gives no token');
  await expect(get({ host: 'unknown' })).rejects.toThrow('pulls nothing from unknown');
  const { get: gone } = httpUpstreams({ gone: 'http://127.0.0.1:1' });
  await expect(gone({ host: 'gone', path: '/v2/', repository: '' })).rejects.toThrow(
    /The registry gone cannot be reached: .+/,
  );
});
