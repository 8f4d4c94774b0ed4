// What /metrics says, in Prometheus's text form.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/store.ts';
import { capacityReservations } from '../aws/ecs/state/capacity/capacity-scaling-table.ts';
import { agentSessions } from '../aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';

export interface Metrics {
  /** Counts one API request. */
  observe(operation: string, code: string, ms: number): void;
  /** The page, and its content type. */
  render(): Promise<{ readonly body: string; readonly contentType: string }>;
  /** Begins to show what `store` holds. */
  watch(store: Store): void;
}

export interface MetricsOptions {
  /** Whether metrics may be labelled with what users have named. The page is unsigned: whoever reaches it reads them. */
  readonly names: boolean;
}

/** A registry of its own, so that several servers can live in one process. */
export function createMetrics({ names }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'longshore_api_requests_total',
    help: 'API requests by operation and outcome (OK or the error code).',
    labelNames: ['operation', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'longshore_api_request_duration_seconds',
    help: 'Time from a request to its answer, by operation.',
    labelNames: ['operation'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers,
  });
  return {
    observe(operation, code, ms) {
      requests.inc({ operation, code });
      duration.observe({ operation }, ms / 1000);
    },
    render: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
    watch(store) {
      addStoreGauges(store, registers);
      if (names) addCapacityGauge(store, registers);
    },
  };
}

function addStoreGauges(store: Store, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('longshore_tasks', 'Tasks in the store, stopped ones included.', () =>
    store.view((tx) => tx.table(tasks).size),
  );
  gauge('longshore_connected_agents', 'Container instances whose agent is connected.', () =>
    store.view((tx) => tx.table(agentSessions).size),
  );
  gauge('longshore_store_revision', 'Durable commits so far.', () => store.revision);
}

/** ECS's metric of that name, as of the latest minute. */
function addCapacityGauge(store: Store, registers: Registry[]): void {
  new Gauge({
    name: 'longshore_capacity_provider_reservation',
    help: 'CapacityProviderReservation in per cent: instances that are needed for each hundred that there are.',
    labelNames: ['cluster', 'capacity_provider'],
    registers,
    collect() {
      this.reset();
      const points = store.view((tx) => [...tx.table(capacityReservations).all()]);
      for (const { clusterName: cluster, capacityProviderName, reservation } of points)
        this.set({ cluster, capacity_provider: capacityProviderName }, reservation);
    },
  });
}
