// Loaded into a server before its own code (`node --import`): tells its parent for how long the event loop was held.
import { isMainThread } from 'node:worker_threads';
import { requestStall } from './request-stall.ts';

/** Ms between two looks: a turn that takes longer holds up the next look. */
const interval = 1;

if (isMainThread && process.send) record();

/**
 * Of the main thread's CPU time: what else runs on the machine lengthens no turn. The system counts that by its ticks, some ms each,
 * so a turn is taken for no longer than it lasted.
 */
function record(): void {
  let longest = 0;
  let before = process.threadCpuUsage();
  let began = performance.now();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, Math.min((user + system) / 1000, performance.now() - began));
    before = process.threadCpuUsage();
    began = performance.now();
  }, interval).unref();
  process.on('message', (message) => {
    if (message !== requestStall) return;
    process.send!(longest);
    longest = 0;
  });
  process.channel?.unref();
}
