// A command that stays in the foreground: it runs until a signal or a failure, then shuts down in order: what was opened last is closed first.
import { systemClock } from '../../lib/clock.ts';
import { complain } from './output.ts';

/**
 * Runs a command of that kind, which answers its exit code: however `run` ends, what it opened is closed, and the process
 * can end. What cannot be closed makes 0 a 1.
 */
export async function withShutdown(run: (shutdown: Shutdown) => Promise<number>): Promise<number> {
  const shutdown = new Shutdown();
  try {
    const exitCode = await run(shutdown);
    return (await shutdown.close()) ? exitCode : exitCode || 1;
  } finally {
    await shutdown.close();
  }
}

export class Shutdown {
  readonly #closers: (() => Promise<void> | void)[] = [];
  readonly #ended = Promise.withResolvers<number>();
  // Timers elsewhere do not keep the process alive; a command in the foreground must stay.
  readonly #alive = setInterval(() => undefined, 3_600_000);
  #firstSignalAt: number | undefined;
  #failure: Error | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#signalled());
  }

  /** Runs `close` when the command ends; the last added runs first. */
  onEnd(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  /** Ends the command with an exit code because of `error`, which `sentence` tells: what closes later need not tell it again. */
  fail(error: Error, sentence: string, exitCode = 1): void {
    this.#failure ??= error;
    complain(sentence);
    this.end(exitCode);
  }

  /** Ends the command with an exit code. Later calls change nothing. */
  end(exitCode: number): void {
    this.#ended.resolve(exitCode);
  }

  /** Resolves with the exit code once the command was told to end; call `close` then. */
  wait(): Promise<number> {
    return this.#ended.promise;
  }

  /** Closes everything, and says what could not be closed, which does not keep the others from it; answers whether all was. */
  async close(): Promise<boolean> {
    let isClosed = true;
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        isClosed = false;
        if (error !== this.#failure) complain(error);
      }
    }
    clearInterval(this.#alive);
    return isClosed;
  }

  #signalled(): void {
    const now = systemClock.now();
    this.#firstSignalAt ??= now;
    // At a terminal, one Ctrl-C arrives twice: from the terminal, and passed on by npm.
    if (now - this.#firstSignalAt > 500) {
      complain('Stopping at once. Tasks keep running.');
      process.exit(1);
    }
    this.end(0);
  }
}
