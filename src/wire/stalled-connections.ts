// Clients that fall silent, of which nothing is heard for a while or who hear nothing any more, are cut off.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';

/** Ms within which a whole request must come, and of silence after which one that is streamed is cut off. */
export const requestTimeout = 60_000;

/** Cuts a request off of which nothing more comes. */
export function endSilent(incoming: IncomingMessage, clock: Clock): void {
  const { socket } = incoming;
  watchProgress(
    clock,
    () => (incoming.complete ? undefined : socket.bytesRead),
    () => incoming.destroy(new Error('the client fell silent')),
    incoming,
  );
}

/** Cuts an answer off that nobody takes any more of. */
export function endUnheard(response: ServerResponse, clock: Clock): void {
  const { socket } = response;
  const sent = () => (response.writableFinished ? undefined : socket!.bytesWritten - socket!.writableLength);
  if (socket !== null) watchProgress(clock, sent, () => socket.destroy(), response);
}

/** Calls `end` once what `count` tells has stayed the same for the timeout, until `stream` is closed or it tells nothing more. */
function watchProgress(
  clock: Clock,
  count: () => number | undefined,
  end: () => void,
  stream: IncomingMessage | ServerResponse,
): void {
  let seen = -1;
  const look = (): void => {
    const now = count();
    if (now === undefined) return;
    if (now === seen) return end();
    seen = now;
    timer = clock.after(requestTimeout, look);
  };
  let timer = clock.after(requestTimeout, look);
  stream.once('close', () => timer.cancel());
}
