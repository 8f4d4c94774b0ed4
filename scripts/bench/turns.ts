// Calls a second of two servers, or of two calls, in turns from one generator.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Access } from '../../src/cli/access-file.ts';
import type { EchoOptions, EchoReady } from './echo-server.ts';
import type { LoadOptions, LoadResult } from './load.ts';
import { measureRounds, type Measured, type Round, type RoundsOptions } from './rounds.ts';
import { signedRequest } from './signed-request.ts';

/** How many calls are under way at a time, each on a connection of its own. */
export const connections = 32;

/** One call, to be sent again and again. */
export interface TurnCall {
  readonly operation: string;
  readonly body: string;
  /** Of the server, and whose key signs. */
  readonly access: Access;
  /** Of another server on the same host, which knows the same key. */
  readonly port?: number;
}

export interface TurnOptions extends Omit<RoundsOptions, 'onRound'> {
  /** Ms of calls of one kind before the other one's turn. */
  readonly slice: number;
  readonly progress: (line: string) => void;
}

type Generator = (options: LoadOptions) => Promise<LoadResult>;

/**
 * Measures each of two calls in every round, in changing order. A round has `<name>`, calls a second, and `<name> p99`, ms,
 * of both, and `generator busy`, the larger share of a turn.
 */
export function measureTurns(
  generator: Generator,
  calls: Readonly<Record<string, TurnCall>>,
  { slice, progress, ...options }: TurnOptions,
): Promise<Measured> {
  const names = Object.keys(calls);
  const text = (round: Round): string =>
    names.map((name) => `${name} ${Math.round(round[name]!)} calls/s`).join(', ');
  return measureRounds(
    { ...options, onRound: (round, count) => progress(`  ${count}: ${text(round)}`) },
    async (number) => {
      const figures: Record<string, number> = { 'generator busy': 0 };
      for (const name of number % 2 === 0 ? names : names.toReversed()) {
        const { calls: made, ms, p99, busy } = await generator(loadOptions(calls[name]!, slice));
        figures[name] = (made / ms) * 1000;
        figures[`${name} p99`] = p99;
        figures['generator busy'] = Math.max(figures['generator busy']!, busy);
      }
      return figures;
    },
  );
}

function loadOptions({ operation, body, access, port }: TurnCall, ms: number): LoadOptions {
  const { hostname, port: own } = new URL(access.endpoint);
  const to = port ?? Number(own);
  const request = signedRequest(access, `${hostname}:${to}`, operation, body).toString('base64');
  return { host: hostname, port: to, request, connections, ms };
}

/** The processes of a benchmark beside the servers that it measures. */
export class Processes {
  readonly #children: ChildProcess[] = [];

  /** A bare server that verifies the signatures of `access` and answers `answer`; resolves with its port. */
  async echo({ accessKeyId, secretAccessKey, accountId }: Access, answer: object): Promise<number> {
    const options: EchoOptions = {
      key: {
        version: 1,
        accessKeyId,
        secretAccessKey,
        accountId,
        principalArn: `arn:aws:iam::${accountId}:user/administrator`,
        status: 'Active',
        createdAt: 0,
      },
      answer,
    };
    return (await exchange<EchoReady>(this.#fork('echo-server.ts'), options)).port;
  }

  /** What makes the calls: rejects when one is not answered with 200. */
  generator(): Generator {
    const child = this.#fork('load.ts');
    return async (options) => {
      const { result, error } = await exchange<{ result?: LoadResult; error?: string }>(child, options);
      if (result === undefined) throw new Error(error ?? 'The load generator said nothing.');
      return result;
    };
  }

  /** Ends them all. */
  end(): void {
    for (const child of this.#children.splice(0)) child.disconnect();
  }

  #fork(file: string): ChildProcess {
    const child = fork(join(import.meta.dirname, file));
    this.#children.push(child);
    return child;
  }
}

async function exchange<Reply>(child: ChildProcess, message: object): Promise<Reply> {
  const gone = new AbortController();
  const onExit = (): void => gone.abort(new Error('A process of the benchmark ended early.'));
  child.once('exit', onExit);
  const reply = once(child, 'message', { signal: gone.signal });
  child.send(message);
  const [said] = (await reply) as [Reply];
  child.off('exit', onExit);
  return said;
}
