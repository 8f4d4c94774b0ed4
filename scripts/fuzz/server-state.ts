// What a server tells about itself in /metrics, as far as it shows wear.

export interface ServerState {
  readonly rssMiB: number;
  readonly heapMiB: number;
  readonly openFiles: number;
  /** Durable commits so far. */
  readonly commits: number;
  /** Requests that were answered with ServerException. */
  readonly serverExceptions: number;
}

const mebibyte = 2 ** 20;

/** Asks the server at `endpoint`; rejects when it does not answer. */
export async function serverState(endpoint: string): Promise<ServerState> {
  const response = await fetch(new URL('/metrics', endpoint), { signal: AbortSignal.timeout(20_000) });
  return readState(await response.text());
}

/** Reads the page in Prometheus's text form; what it lacks is 0. */
export function readState(page: string): ServerState {
  const value = (pattern: RegExp): number => {
    const values = [...page.matchAll(pattern)].map(([, number]) => Number(number));
    return values.reduce((sum, each) => sum + each, 0);
  };
  return {
    rssMiB: value(/^process_resident_memory_bytes (\S+)$/gm) / mebibyte,
    heapMiB: value(/^nodejs_heap_size_used_bytes (\S+)$/gm) / mebibyte,
    openFiles: value(/^process_open_fds (\S+)$/gm),
    commits: value(/^longshore_store_revision (\S+)$/gm),
    serverExceptions: value(/^longshore_api_requests_total\{[^}]*code="ServerException"[^}]*\} (\S+)$/gm),
  };
}
