// Calls a server as fast as it answers, over a number of kept connections, one call at a time on each.
import { performance } from 'node:perf_hooks';
import { openConnection, type KeptConnection } from './kept-connection.ts';
import { quantile } from './statistics.ts';

export interface LoadOptions {
  readonly host: string;
  readonly port: number;
  /** A whole HTTP request, as bytes in base64; it is sent again and again. */
  readonly request: string;
  readonly connections: number;
  readonly ms: number;
}

export interface LoadResult {
  readonly calls: number;
  readonly ms: number;
  /** Ms within which 99 of 100 calls were answered. */
  readonly p99: number;
  /** The share of the time that this process computed: near 1, it and not the server was measured. */
  readonly busy: number;
}

/** Resolves when the time is over; rejects at the first answer that is not 200, or at a broken connection. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { host, port } = options;
  const request = Buffer.from(options.request, 'base64');
  const connections = await Promise.all(
    Array.from({ length: options.connections }, () => openConnection(host, port)),
  );
  try {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const times: number[] = [];
    await Promise.all(
      connections.map((connection) => callUntil(connection, request, start + options.ms, times)),
    );
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    return { calls: times.length, ms, p99: quantile(times, 0.99), busy: (user + system) / 1000 / ms };
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function callUntil(
  connection: KeptConnection,
  request: Buffer,
  end: number,
  times: number[],
): Promise<void> {
  let sent = performance.now();
  do {
    await connection.call(request);
    const answered = performance.now();
    times.push(answered - sent);
    sent = answered;
  } while (sent < end);
}

function serveParent(): void {
  process.on('message', (options: LoadOptions) => {
    load(options).then(
      (result) => process.send!({ result }),
      (error: unknown) => process.send!({ error: String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}

if (import.meta.main) serveParent();
