// The unsigned pages beside the API: /health, /metrics, /version. They tell states and counts, never content.
import type { Store } from '../store/store.ts';
import { agentSessions } from '../aws/ecs/state/instance/container-instances.ts';
import type { PlainRoute } from '../wire/handler.ts';
import type { Metrics } from './metrics.ts';

/** By path, as the handler takes them. */
export function plainRoutes(store: Store, metrics: Metrics, version: string): Record<string, PlainRoute> {
  const health = healthPage(store, version);
  return {
    '/health': health,
    '/_localstack/health': health,
    '/version': () => json({ version }),
    '/metrics': async () => {
      const { body, contentType } = await metrics.render();
      return { status: 200, headers: { 'content-type': contentType }, body };
    },
  };
}

/** 200 once everything that was acknowledged is on disk; 503 when the journal can no longer be written. */
function healthPage(store: Store, version: string): PlainRoute {
  return async () => {
    const journal = await store.durable().then(
      () => 'ok',
      () => 'failed',
    );
    const agents = store.view((tx) => tx.table(agentSessions).size);
    const parts = { ecs: journal === 'ok' ? 'available' : 'error', journal, agents: { connected: agents } };
    return {
      ...json({ status: journal, version, services: { ecs: parts.ecs }, parts }),
      status: journal === 'ok' ? 200 : 503,
    };
  };
}

const json = (value: object) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
