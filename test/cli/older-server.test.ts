// Commands against a server of an earlier version: they say so, and do not fail at what its answers lack.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../src/version.ts';
import { longshoreWith } from './longshore-command.ts';

/** What the earlier version answers: it has one operation, and that lacks members of today's answer. */
const answers: Readonly<Record<string, object>> = {
  'Longshore_20261120.ExplainPlacement': {
    clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1',
    taskDefinition: 'web:1',
    group: 'family:web',
    asks: { cpu: 0, memory: 64, ports: [], portsUdp: [], requiresAttributes: [], constraints: [] },
    now: { instances: 1, fitCount: 1, fits: [], verdicts: [] },
    suggestions: [],
    attempts: [],
  },
};
const unknown = {
  __type: 'UnknownOperationException',
  message: 'X-Amz-Target is not an operation of this API.',
};

let server: Server;
let endpoint: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (request.url === '/version') return response.end('{"version":"0.0.9"}');
    const answer = answers[String(request.headers['x-amz-target'])];
    return response.writeHead(answer ? 200 : 400).end(JSON.stringify(answer ?? unknown));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it.each([
  ['an operation', ['explain', 'service', 'web'], 'the operation ExplainService'],
  [
    'a member',
    ['explain', 'task-definition', 'web'],
    'the member unsupported in its answer to ExplainPlacement',
  ],
])('a command that needs %s of a later version names both versions', async (_what, args, lacks) => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
  expect(await longshoreWith(keys, ...args, '--endpoint', endpoint)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      `The server at ${endpoint} does not have ${lacks}, which this command needs: it is Longshore 0.0.9, ` +
      `and this is ${version}. Update the server, or use the command of its version.\n`,
  });
});
