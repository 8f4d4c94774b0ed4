// Which instances pass every filter. What columns can tell is read from them; the other filters are asked only where the
// task has something to ask of them, and only about what is left.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Ask, Filter } from './filter.ts';
import { attributes } from './filters/attributes.ts';
import { factsOf, memberOf } from './filters/member-of.ts';
import { gpus } from './filters/gpus.ts';
import { ports, portsUdp } from './filters/ports.ts';

/** Filters that columns do not hold, and whether a task asks anything of them. */
const others: readonly { readonly filter: Filter; readonly concerns: (ask: Ask) => boolean }[] = [
  {
    filter: memberOf,
    concerns: ({ constraints }) => constraints.some((one) => one.type === 'memberOf' && !one.lasting),
  },
  { filter: gpus, concerns: ({ resources }) => (resources.gpus ?? 0) > 0 },
  { filter: ports, concerns: ({ resources }) => resources.ports.length > 0 },
  { filter: portsUdp, concerns: ({ resources }) => resources.portsUdp.length > 0 },
];

const nowhere: ReadonlyMap<number, number> = new Map();

/** The places of the fleet that can take the task now. */
export function candidates(ask: Ask, fleet: Fleet): number[] {
  const { available, freeCpu, freeMemory, loads } = fleet;
  const { cpu, memory } = ask.resources;
  const eligible = lastingMarks(ask, fleet);
  const occupied = ask.constraints.some(({ type }) => type === 'distinctInstance')
    ? fleet.groupTasks(ask.group)
    : nowhere;
  const asked = others.filter(({ concerns }) => concerns(ask)).map(({ filter }) => filter);
  const passing: number[] = [];
  for (let at = 0; at < loads.length; at++) {
    if (available[at] === 0 || cpu > freeCpu[at]! || memory > freeMemory[at]!) continue;
    if (eligible.some((marks) => marks[at] === 0) || occupied.has(at)) continue;
    if (asked.every((filter) => filter.accepts(ask, loads[at]!))) passing.push(at);
  }
  return passing;
}

/** 1 where an instance passes, for each thing that is asked of its attributes alone. */
function lastingMarks(ask: Ask, fleet: Fleet): readonly Uint8Array[] {
  const required = marksOf(fleet, ask.requiresAttributes, ask.launchType, (load) =>
    attributes.accepts(ask, load),
  );
  const queries = ask.constraints.flatMap((constraint) => {
    if (constraint.type !== 'memberOf' || !constraint.lasting) return [];
    const { expression, matches } = constraint;
    return [marksOf(fleet, queryMarks, expression, (load) => matches(factsOf(load)))];
  });
  return [required, ...queries];
}

/** What the marks of queries are remembered under; those of requirements are under the definition's own list. */
const queryMarks = {};
/** Of a fleet's shape: attributes change seldom, tasks are placed often. Callers' queries must not fill the memory. */
const known = new WeakMap<object, WeakMap<object, Map<string, Uint8Array>>>();
const mostQueries = 1000;

function marksOf(
  { shape, loads }: Fleet,
  owner: object,
  name: string,
  passes: (load: InstanceLoad) => boolean,
): Uint8Array {
  const ofShape = known.get(shape) ?? new WeakMap<object, Map<string, Uint8Array>>();
  known.set(shape, ofShape);
  const ofOwner = ofShape.get(owner) ?? new Map<string, Uint8Array>();
  ofShape.set(owner, ofOwner);
  const found = ofOwner.get(name);
  if (found) return found;
  const marks = Uint8Array.from(loads, (load) => (passes(load) ? 1 : 0));
  if (ofOwner.size >= mostQueries) ofOwner.clear();
  ofOwner.set(name, marks);
  return marks;
}
