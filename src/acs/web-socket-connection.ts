// A websocket of the `ws` library as a Connection.
import type { RawData, WebSocket } from 'ws';
import type { Connection } from '../agent-protocol/transport.ts';

const text = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

/** Wraps an accepted websocket. Binary frames have no meaning on these links and are dropped. */
export function webSocketConnection(webSocket: WebSocket): Connection {
  const connection: Connection = {
    onMessage: () => undefined,
    onClose: () => undefined,
    send: (message) => {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(message);
    },
    close: (code, reason) => webSocket.close(code, reason),
  };
  webSocket.on('message', (data, isBinary) => {
    if (!isBinary) connection.onMessage(text(data));
  });
  webSocket.once('close', (code, reason) => connection.onClose(code, reason.toString('utf8')));
  // Always followed by 'close'; without a listener it would end the process.
  webSocket.on('error', () => undefined);
  return connection;
}
