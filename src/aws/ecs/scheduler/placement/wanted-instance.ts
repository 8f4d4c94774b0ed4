// What an instance must offer that is to take a task for sure, as one clause made of what each filter asks for.

/** In the order in which it is said; of several filters that say something under one word, it is put together. */
const clauses = {
  free: (all: readonly string[]) => `with ${all.join(' and ')} free`,
  devices: (all: readonly string[]) => `with ${all.join(' and ')} free`,
  hostPorts: (all: readonly string[]) =>
    `with the host port${all.length > 1 ? 's' : ''} ${all.join(', ')} free`,
  attributes: (all: readonly string[]) => `with the attribute${all.length > 1 ? 's' : ''} ${all.join(', ')}`,
  agent: (all: readonly string[]) => all.join(', '),
  group: (all: readonly string[]) => `with ${all.join(' or ')}`,
  other: (all: readonly string[]) => all.join(', '),
} as const;

/** E.g. `{ free: ['512 MiB'] }`, `{ agent: ['whose agent offers the log driver fluentd'] }`, `{ other: ['that matches …'] }`. */
export type Offer = { readonly [clause in keyof typeof clauses]?: readonly string[] };

/** E.g. "with 100 CPU units and 512 MiB free, with the host port tcp 80 free". */
export function wantedText(offers: readonly Offer[]): string {
  const said = (Object.keys(clauses) as (keyof typeof clauses)[]).flatMap((clause) => {
    const all = offers.flatMap((offer) => offer[clause] ?? []);
    return all.length === 0 ? [] : [clauses[clause](all)];
  });
  return said.join(', ');
}
