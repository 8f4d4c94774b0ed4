// What the processes that tests start get of this one's environment.
import { compileCacheDirectory } from '../src/cli/compile-cache.ts';

const foreign = /^(AWS|ECS|LONGSHORE)_/;

/**
 * Nothing that would configure Longshore; and where compiled code is kept, which Longshore finds by itself only once its first
 * files are compiled: that would be a quarter of the work of a short command.
 */
export const plainEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
  NODE_COMPILE_CACHE: compileCacheDirectory(process.env),
});
