// An input or an output as a record shows it: by its model, with names as CloudTrail writes them, without what is sensitive.
import { refOf, shapeOf, type ApiModel, type Ref, type Shape } from '../../../wire/model.ts';
import { hidden, isHidden } from './hidden-members.ts';

/** What is come upon on the way. */
export interface Seen {
  /** Values that are not shown. */
  readonly hidden: unknown[];
  /** Texts that may name a resource. */
  readonly names: Set<string>;
}

/** The value as it is shown, as JSON; undefined where it is left out. Nothing is built but that text: every changing call pays for it. */
export type Show = (value: unknown, seen: Seen) => string | undefined;

const nothing: Show = () => undefined;

/** No call has to do with more. */
const maxNames = 100;

export interface Showing {
  readonly show: Show;
  /** Whether there is a member that is not shown. */
  readonly hides: boolean;
}

/** Shows the inputs or the outputs of one operation: `shape` is what its model calls them. */
export function showing(model: ApiModel, service: string, shape: string): Showing {
  const context: Context = { model, service, compiled: new Map(), hides: false };
  const show = compile(context, shape);
  return { show, hides: context.hides };
}

interface Context {
  readonly model: ApiModel;
  readonly service: string;
  readonly compiled: Map<string, Show>;
  hides: boolean;
}

function compile(context: Context, ref: Ref): Show {
  const { shape: name, sensitive } = refOf(ref);
  if (sensitive === true) return hiding(context);
  const known = context.compiled.get(name);
  if (known !== undefined) return known;
  // Shapes may contain themselves: the entry must exist before its members are compiled.
  context.compiled.set(name, (value, seen) => show(value, seen));
  const show = compileShape(context, name, shapeOf(context.model, ref));
  context.compiled.set(name, show);
  return show;
}

function hiding(context: Context): Show {
  context.hides = true;
  return hide;
}

const hiddenText = JSON.stringify(hidden);

const hide: Show = (value, seen) => {
  seen.hidden.push(value);
  return hiddenText;
};

const asIs: Show = (value, seen) => {
  if (typeof value === 'string' && mayName(value) && seen.names.size < maxNames) seen.names.add(value);
  return JSON.stringify(value);
};

/** Ids are short: of most texts their length tells that they are none. */
const mayName = (text: string): boolean =>
  text.startsWith('arn:') ? text.length <= 2048 : text.length <= 26 && /^[a-z]+-[0-9a-f]{8,17}$/.test(text);

const instant: Show = (value) =>
  typeof value === 'number' && Math.abs(value) <= 8.64e12
    ? `"${new Date(value * 1000).toISOString()}"`
    : JSON.stringify(value);

function compileShape(context: Context, name: string, shape: Shape): Show {
  // Bytes say nothing to a reader, and may be anything.
  if (shape === 'blob') return nothing;
  if (shape === 'timestamp') return instant;
  if (typeof shape === 'string') return asIs;
  switch (shape.kind) {
    case 'timestamp':
      return instant;
    case 'enum':
      return asIs;
    case 'list':
      return showList(compile(context, shape.of));
    case 'map':
      return showMap(compile(context, shape.of));
    case 'structure':
      return showStructure(
        Object.entries(shape.members).map(([member, of]) => [
          member,
          { label: label(lowerFirst(member)), show: memberShow(context, name, member, of) },
        ]),
      );
  }
}

const memberShow = (context: Context, structure: string, member: string, of: Ref): Show =>
  isHidden(context.service, structure, member) ? hiding(context) : compile(context, of);

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const label = (name: string): string => `${JSON.stringify(name)}:`;

const showList =
  (element: Show): Show =>
  (value, seen) => {
    if (!Array.isArray(value)) return undefined;
    let shown = '';
    for (const one of value) shown = joined(shown, element(one, seen) ?? 'null');
    return `[${shown}]`;
  };

const joined = (texts: string, text: string): string => (texts === '' ? text : `${texts},${text}`);

const showMap =
  (element: Show): Show =>
  (value, seen) => {
    if (!isObject(value)) return undefined;
    let shown = '';
    for (const key of Object.keys(value)) {
      const one = element(value[key], seen);
      if (one !== undefined) shown = joined(shown, label(key) + one);
    }
    return `{${shown}}`;
  };

function showStructure(members: readonly (readonly [string, { label: string; show: Show }])[]): Show {
  const known = new Map(members);
  return (value, seen) => {
    if (!isObject(value)) return undefined;
    let shown = '';
    for (const member of Object.keys(value)) {
      const found = known.get(member);
      const one = value[member];
      if (found === undefined || one === undefined || one === null) continue;
      const text = found.show(one, seen);
      if (text !== undefined) shown = joined(shown, found.label + text);
    }
    return `{${shown}}`;
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
