// A row of a query: an event with its discovered fields and what commands have added, or a group of `stats`.
import { fromJson, Timestamp, type Value } from './value.ts';

export interface LogEvent {
  /** Epoch ms. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly logStream: string;
  /** `<account>:<log group>`. */
  readonly log: string;
  /** What GetLogRecord takes. */
  readonly ptr: string;
}

export class Row {
  readonly #event: LogEvent | undefined;
  #json: object | null | undefined;
  #added: Map<string, Value> | undefined;

  constructor(event?: LogEvent) {
    this.#event = event;
  }

  get ptr(): string | undefined {
    return this.#event?.ptr;
  }

  get timestamp(): number {
    return this.#event?.timestamp ?? 0;
  }

  /** About how much memory it takes while it is held, the same all the time. */
  get bytes(): number {
    return 300 + 4 * (this.#event?.message.length ?? 0);
  }

  set(name: string, value: Value): void {
    (this.#added ??= new Map()).set(name, value);
  }

  get(name: string): Value {
    if (this.#added?.has(name) === true) return this.#added.get(name);
    if (this.#event === undefined) return undefined;
    return name.startsWith('@') ? systemField(this.#event, name) : fromJson(valueAt(this.#parsed(), name));
  }

  /** The names of all fields with values, system fields first. */
  fields(): string[] {
    const discovered = this.#event === undefined ? [] : flattened(this.#parsed());
    return [
      ...(this.#event === undefined ? [] : systemFields),
      ...discovered,
      ...(this.#added?.keys() ?? []),
    ];
  }

  #parsed(): object | null {
    if (this.#json === undefined) this.#json = parseObject(this.#event!.message);
    return this.#json;
  }
}

/** In the order in which GetLogRecord shows them. */
const systemFields = ['@ingestionTime', '@log', '@logStream', '@message', '@timestamp'] as const;

function systemField(event: LogEvent, name: string): Value {
  switch (name) {
    case '@timestamp':
      return new Timestamp(event.timestamp);
    case '@ingestionTime':
      return new Timestamp(event.ingestionTime);
    case '@message':
      return event.message;
    case '@logStream':
      return event.logStream;
    case '@log':
      return event.log;
    case '@ptr':
      return event.ptr;
    default:
      return undefined;
  }
}

function parseObject(message: string): object | null {
  if (!/^\s*\{/.test(message)) return null;
  try {
    return JSON.parse(message) as object;
  } catch {
    return null;
  }
}

/** What lies at a path with dots; a member whose own name has them comes first. */
function valueAt(value: unknown, path: string): unknown {
  let inside = value;
  let rest = path;
  for (;;) {
    if (typeof inside !== 'object' || inside === null) return undefined;
    if (Object.hasOwn(inside, rest)) return (inside as Record<string, unknown>)[rest];
    const dot = rest.indexOf('.');
    const step = rest.slice(0, dot);
    if (dot === -1 || !Object.hasOwn(inside, step)) return undefined;
    inside = (inside as Record<string, unknown>)[step];
    rest = rest.slice(dot + 1);
  }
}

/** "CloudWatch Logs Insights can extract a maximum of 200 fields from a JSON log event": CWL_AnalyzeLogData-discoverable-fields. */
const maxDiscovered = 200;

function flattened(value: object | null): string[] {
  const names: string[] = [];
  const open: [string, unknown][] = [['', value]];
  for (let next = open.pop(); next !== undefined && names.length < maxDiscovered; next = open.pop()) {
    const [path, inside] = next;
    if (typeof inside !== 'object' || inside === null) {
      if (path !== '') names.push(path);
      continue;
    }
    const members = Object.entries(inside).slice(0, maxDiscovered);
    for (const [name, member] of members.toReversed())
      open.push([path === '' ? name : `${path}.${name}`, member]);
  }
  return names;
}
