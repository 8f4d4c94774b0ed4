// Which colour a status has: of tasks, their health, deployments, hooks.
import type { Style } from './paint.ts';

const good = new Set(['RUNNING', 'HEALTHY', 'COMPLETED', 'SUCCESSFUL', 'STEADY_STATE', 'SUCCEEDED']);
const bad = /FAILED|STOPPED|ROLLBACK|TIMED_OUT|UNHEALTHY/;
const busy = /PROVISIONING|PENDING|ACTIVATING|STOPPING|DRAINING|IN_PROGRESS|AWAITING/;

/** Undefined of a word that is no status, or one that says neither good nor bad. */
export function statusStyle(status = ''): Style | undefined {
  if (good.has(status)) return 'good';
  if (bad.test(status)) return 'bad';
  return busy.test(status) ? 'busy' : undefined;
}
