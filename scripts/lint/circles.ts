// Whether things depend on one another in a circle.

/** Each thing to what it depends on. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** A shortest circle through each thing that is in one, unless a circle found before holds it; the first thing is repeated at the end. */
export function circles(dependencies: Dependencies): string[][] {
  const found: string[][] = [];
  for (const thing of [...dependencies.keys()].toSorted()) {
    if (found.some((circle) => circle.includes(thing))) continue;
    const circle = shortestCircle(dependencies, thing);
    if (circle !== undefined) found.push(circle);
  }
  return found;
}

function shortestCircle(dependencies: Dependencies, start: string): string[] | undefined {
  const reached = new Set<string>();
  // An array that grows while it is walked: breadth first.
  const ways: string[][] = [[start]];
  for (const way of ways) {
    for (const next of dependencies.get(way.at(-1)!) ?? []) {
      if (next === start) return [...way, next];
      if (reached.has(next)) continue;
      reached.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
