// Where node keeps the code that it has compiled, from one start to the next: it saves more than half of a start.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Keeps the compiled form of all that is imported from now on, threads included, in the user's cache; where that cannot
 * be written, nothing is kept. `env` must be the process's own.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  // Not node's own choice, which is in the temporary directory: others could put code there for us to run.
  const { directory } = enableCompileCache(compileCacheDirectory(env));
  // Where threads look for it: the journal's is what every start waits for.
  if (directory !== undefined) env['NODE_COMPILE_CACHE'] = compileCacheDirectory(env);
}

/** As the XDG base directory specification has it. */
export function compileCacheDirectory({ XDG_CACHE_HOME: home = '' }: NodeJS.ProcessEnv): string {
  return join(isAbsolute(home) ? home : join(homedir(), '.cache'), 'longshore', 'compiled');
}
