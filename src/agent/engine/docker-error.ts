// The engine's refusals as RuntimeErrors that keep its own words.
import { RuntimeError } from './runtime.ts';

interface EngineFault {
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly json?: { readonly message?: string | undefined } | undefined;
}

/** `fault` as a RuntimeError: the engine's text without the client library's wrapping, status 0 when it did not answer. */
function toRuntimeError(fault: unknown): RuntimeError {
  if (fault instanceof RuntimeError) return fault;
  if (!(fault instanceof Error)) return new RuntimeError(String(fault), 0);
  const { message, statusCode, json }: EngineFault = fault;
  if (statusCode === undefined) return new RuntimeError(`Docker engine not reachable: ${message}`, 0);
  return new RuntimeError(
    json?.message ?? message.replace(/^\(HTTP code \d+\) .*? - /, '').trim(),
    statusCode,
  );
}

/** Awaits `call`; statuses in `settled` mean that what was asked for already is so, and answer undefined. */
export function callEngine<T>(call: Promise<T>): Promise<T>;
export function callEngine<T>(call: Promise<T>, settled: readonly number[]): Promise<T | undefined>;
export async function callEngine<T>(
  call: Promise<T>,
  settled: readonly number[] = [],
): Promise<T | undefined> {
  try {
    return await call;
  } catch (fault) {
    const error = toRuntimeError(fault);
    if (settled.includes(error.status)) return undefined;
    throw error;
  }
}
