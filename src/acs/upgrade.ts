// Turns HTTP upgrades into agent links: the handshake, and the HTTP answer where there is to be none.
import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Log } from '../lib/log.ts';
import type { Upgrade } from '../wire/listen.ts';
import { LinkRefusal } from './link-refusal.ts';
import { openLink, type LinkEntrance } from './open-link.ts';
import { webSocketConnection } from './web-socket-connection.ts';

export interface AgentUpgradeOptions extends LinkEntrance {
  readonly log: Log;
}

/** An agent's largest frame is a telemetry message of up to 1 MiB, in JSON behind a signed header. */
const maxFrameBytes = 4 * 1024 * 1024;
/** Ms of quiet after which the kernel asks whether the other host is still there. */
const keepAliveDelay = 30_000;

/** The handler of a server's upgrades; it answers every one, also those it has no link for. */
export function createAgentUpgrade(options: AgentUpgradeOptions): (upgrade: Upgrade) => void {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
  });
  return ({ incoming, request, socket, head }) => {
    try {
      const accept = openLink(options, request, addressOf(incoming.socket.remoteAddress));
      if (socket instanceof Socket) socket.setKeepAlive(true, keepAliveDelay).setNoDelay(true);
      server.handleUpgrade(incoming, socket, head, (webSocket) => accept(webSocketConnection(webSocket)));
    } catch (error) {
      refuse(socket, asRefusal(error, options.log));
    }
  };
}

/** IPv4 as it is written everywhere else, also where the socket speaks both. */
const addressOf = (remote: string | undefined): string | undefined =>
  remote?.replace(/^::ffff:(?=\d+\.)/, '');

function asRefusal(error: unknown, log: Log): LinkRefusal {
  if (error instanceof LinkRefusal) return error;
  log.error({ err: error }, 'An agent could not be connected');
  return new LinkRefusal('ServerException', 'The connection could not be served.');
}

function refuse(socket: Duplex, refusal: LinkRefusal): void {
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(refusal.body)}`,
    'Connection: close',
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${refusal.body}`);
}
