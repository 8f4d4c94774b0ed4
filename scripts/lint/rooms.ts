// The rooms of src/, and who may import whom. This table is the law that `npm run lint` holds; CONTRIBUTING.md and docs/architecture.md show it.

/** Room to the rooms that it may import; its own files and lib/ go without saying. `all` is for what puts everything together. */
export const rooms: Readonly<Record<string, readonly string[] | 'all'>> = {
  lib: [],
  model: [],
  wire: [],
  store: ['model'],
  placement: ['model'],
  scheduler: ['model', 'store', 'placement'],
  controllers: ['model', 'store', 'placement', 'scheduler'],
  apis: ['wire', 'model', 'store', 'placement', 'scheduler'],
  'agent-protocol': ['model'],
  acs: ['agent-protocol', 'model', 'store', 'wire'],
  agent: ['agent-protocol', 'model', 'wire'],
  simulator: ['agent-protocol', 'model', 'wire', 'agent'],
  server: 'all',
  'server.ts': 'all',
  cli: 'all',
};

/** Rooms whose folders are rooms of their own: one never imports another, each may use the files directly above. */
export const divided: ReadonlySet<string> = new Set(['controllers', 'apis']);
