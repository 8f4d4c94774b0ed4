// A service somewhere else, for tests of forwarding: takes requests on a socket, checks their signatures, and keeps them.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../src/lib/clock.ts';
import type { HttpRequest } from '../src/wire/http.ts';
import { plainRequest } from '../src/wire/plain-request.ts';
import { authenticate } from '../src/wire/sigv4/authenticate.ts';
import type { Credentials } from '../src/wire/sigv4/sign.ts';

/** The only key that the stub knows. */
export const stubCredentials: Credentials = {
  accessKeyId: 'AKIAELSEWHERE',
  secretAccessKey: 'the/key+elsewhere',
};

/** A request that came, and who signed it: `<service> <region> <key>`, or why that is not known. */
export interface Received extends HttpRequest {
  readonly signed: string;
}

export interface ForwardStub {
  readonly url: string;
  readonly received: readonly Received[];
  /** Connections that are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export type StubAnswer = (request: Received, response: ServerResponse, incoming: IncomingMessage) => void;

/** Listens on a free port of 127.0.0.1. */
export async function forwardStub(clock: Pick<Clock, 'wall'>, answer: StubAnswer): Promise<ForwardStub> {
  const received: Received[] = [];
  const take = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = plainRequest(incoming, await buffer(incoming));
    const one = { ...request, signed: signerOf(request, clock.wall()) };
    received.push(one);
    answer(one, response, incoming);
  };
  const server = createServer((incoming, response) => void take(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function signerOf(request: HttpRequest, now: number): string {
  try {
    const { signingName, region, accessKeyId } = authenticate(request, {
      now,
      lookup: (id, sessionToken) =>
        id === stubCredentials.accessKeyId && sessionToken === stubCredentials.sessionToken
          ? { ...stubCredentials, accountId: '1', principalArn: 'arn' }
          : undefined,
      signingNames: ['s3', 'sqs', 'lambda', 'monitoring'],
    });
    return `${signingName} ${region} ${accessKeyId}`;
  } catch (error) {
    return (error as Error).name;
  }
}
