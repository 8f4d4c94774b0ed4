// A command that waits or follows until it is done or somebody presses Ctrl-C.

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof exitCodes;

/** What `work` answers, or the exit code of the signal that came first; `signal` is aborted then. */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let interrupted: Signal | undefined;
  const onSignal = (signal: Signal): void => {
    interrupted ??= signal;
    controller.abort(new Error(`Interrupted by ${signal}.`));
  };
  // Whoever read the output has gone, as `head` does.
  const onBrokenPipe = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') onSignal('SIGINT');
  };
  // Timers elsewhere do not keep the process alive.
  const alive = setInterval(() => undefined, 3_600_000);
  for (const signal of Object.keys(exitCodes) as Signal[]) process.on(signal, onSignal);
  process.stdout.on('error', onBrokenPipe);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (interrupted === undefined) throw error;
    return exitCodes[interrupted];
  } finally {
    for (const signal of Object.keys(exitCodes) as Signal[]) process.off(signal, onSignal);
    process.stdout.off('error', onBrokenPipe);
    clearInterval(alive);
  }
}
