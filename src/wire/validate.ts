// Decodes an operation's input by its model, whatever the protocol: types, required members, enums. It knows no rules beyond the model.
// A codec gives it what it has read: members by their names, scalars as JSON has them or as they are.
import { defaultLimits, type InputLimits } from './input-limits.ts';
import {
  refOf,
  shapeOf,
  type ApiModel,
  type Ref,
  type Shape,
  type SimpleKind,
  type TimestampFormat,
} from './model.ts';
import { serializationError } from './protocols/json-body.ts';
import { parseTimestamp } from './protocols/timestamp-text.ts';

/**
 * Makes a clean copy of an input: unknown members and nulls are dropped, where `emptyIsAbsent` empty strings too, but for members
 * of kind `text`. A blob becomes bytes, a timestamp seconds since the epoch. Throws SerializationException when a value is of the wrong type, else
 * what `invalid` makes of the first required member missing, value outside its enum or text too long.
 */
export type DecodeInput = (
  input: Readonly<Record<string, unknown>>,
  invalid: (message: string) => Error,
) => Record<string, unknown>;

/** The decoder of one operation's input, compiled once. */
export function inputDecoder(
  model: ApiModel,
  operation: string,
  limits: InputLimits = defaultLimits,
): DecodeInput {
  const read = inputReader(model, operation, limits);
  return (input, invalid) => {
    const { clean, mistyped, violations } = read(input);
    const [wrong] = mistyped;
    if (wrong !== undefined) throw serializationError(wrong);
    const [violation] = violations;
    if (violation !== undefined) throw invalid(violation);
    return clean;
  };
}

/** An input as its model takes it, and what is wrong with it: the first mistakes of each kind, in the input's order. */
export interface ReadInput {
  /** Without what is wrong, but for values outside their enum and texts that are too long. */
  readonly clean: Record<string, unknown>;
  /** Values of a wrong type: they are refused before all else. */
  readonly mistyped: readonly string[];
  /** Required members missing, values outside their enum, texts too long. */
  readonly violations: readonly string[];
}

/** Reads one operation's inputs, also those that are wrong; compiled once. */
export function inputReader(
  model: ApiModel,
  operation: string,
  limits: InputLimits = defaultLimits,
): (input: Readonly<Record<string, unknown>>) => ReadInput {
  const entry = model.operations[operation];
  if (entry === undefined) throw new Error(`the model has no operation ${operation}`);
  const decode = compile(model, entry.input, new Map());
  return (input) => {
    const visit: Visit = { path: [], mistyped: [], violations: [], length: 0, limits };
    const clean = decode(input, visit) as Record<string, unknown>;
    const { mistyped, violations } = visit;
    if (visit.length > limits.inputLength)
      violations.push(`A request can have a maximum of ${limits.inputLength} characters.`);
    return { clean, mistyped, violations };
  };
}

/** More mistakes of a kind are of no use to anybody. */
const maxMistakes = 100;

/** Where a decoder is, and what was wrong on its way. */
interface Visit {
  readonly path: (string | number)[];
  readonly mistyped: string[];
  readonly violations: string[];
  /** What was read so far, as `inputLength` counts it. */
  length: number;
  readonly limits: InputLimits;
}

type Decode = (value: unknown, visit: Visit) => unknown;

/** Far deeper than any model; what is deeper is not meant but made to exhaust the stack. */
const deepestDocument = 64;
const deepestStructure = 100;

function compile(model: ApiModel, ref: Ref, compiled: Map<string, Decode>): Decode {
  const { shape: name, timestampFormat, streaming } = refOf(ref);
  // Whoever reads it checks it.
  if (streaming === true) return (value) => value;
  const key = timestampFormat === undefined ? name : `${name} ${timestampFormat}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  // Shapes may contain themselves: the entry must exist before its members are compiled.
  compiled.set(key, (value, visit) => decode(value, visit));
  const decode = compileShape(model, ref, compiled);
  compiled.set(key, decode);
  return decode;
}

function compileShape(model: ApiModel, ref: Ref, compiled: Map<string, Decode>): Decode {
  const shape = shapeOf(model, ref);
  const { timestampFormat } = refOf(ref);
  if (shape === 'timestamp') return timestampDecoder(timestampFormat ?? 'unixTimestamp');
  if (shape === 'double' && model.takesNonFinite === true) return decodeAnyDouble;
  if (typeof shape === 'string') return simpleDecoders[shape];
  switch (shape.kind) {
    case 'timestamp':
      return timestampDecoder(timestampFormat ?? shape.timestampFormat);
    case 'enum':
      return enumDecoder(shape.values);
    case 'list':
      return listDecoder(compile(model, shape.of, compiled));
    case 'map':
      return mapDecoder(compile(model, shape.of, compiled));
    case 'structure':
      return structureDecoder(
        Object.entries(shape.members).map(([member, of]) => {
          const shape = shapeOf(model, of);
          const dropsEmpty = model.emptyIsAbsent === true && emptyIsAbsent(shape);
          const limit = shape === 'text' ? 'elementLength' : 'textLength';
          return [member, { decode: compile(model, of, compiled), dropsEmpty, limit }];
        }),
        shape.required ?? [],
      );
  }
}

interface Member {
  readonly decode: Decode;
  /** Whether an empty string stands for one that was not given. */
  readonly dropsEmpty: boolean;
  /** Of its characters, where it is a string. */
  readonly limit: 'textLength' | 'elementLength';
}

const emptyIsAbsent = (shape: Shape): boolean =>
  shape === 'string' || shape === 'blob' || (typeof shape === 'object' && shape.kind === 'enum');

function structureDecoder(
  members: readonly (readonly [string, Member])[],
  required: readonly string[],
): Decode {
  const known = new Map(members);
  return (value, visit) => {
    const source = asObject(value, visit);
    if (source === undefined) return undefined;
    if (visit.path.length > deepestStructure) return mistake(visit, 'The value is nested too deeply.');
    const clean: Record<string, unknown> = {};
    for (const name of Object.keys(source)) {
      const member = known.get(name);
      const input = source[name];
      if (member === undefined || input === null || input === undefined) continue;
      if (input === '' && member.dropsEmpty) continue;
      visit.path.push(name);
      visit.length += 1;
      if (typeof input === 'string') checkLength(input, visit.limits[member.limit], visit);
      clean[name] = member.decode(input, visit);
      visit.path.pop();
    }
    for (const member of required) {
      if (!Object.hasOwn(clean, member)) violate(visit, [...visit.path, member], 'cannot be null or empty.');
    }
    return clean;
  };
}

function listDecoder(element: Decode): Decode {
  return (value, visit) => {
    if (!Array.isArray(value)) return mismatch(visit, value, 'a List');
    const clean: unknown[] = [];
    for (const [index, input] of value.entries()) {
      visit.path.push(index);
      visit.length += 1;
      const present = decodePresent(element, input, visit);
      if (present !== undefined) clean.push(present);
      visit.path.pop();
    }
    return clean;
  };
}

function mapDecoder(element: Decode): Decode {
  return (value, visit) => {
    const source = asObject(value, visit);
    if (source === undefined) return undefined;
    const clean: Record<string, unknown> = {};
    for (const key of Object.keys(source)) {
      if (!checkKey(key, visit)) continue;
      checkLength(key, visit.limits.textLength, visit);
      visit.path.push(key);
      visit.length += 1;
      clean[key] = decodePresent(element, source[key], visit);
      visit.path.pop();
    }
    return clean;
  };
}

/** A list's element or a map's value, which unlike a member cannot be left out. */
function decodePresent(decode: Decode, value: unknown, visit: Visit): unknown {
  if (typeof value === 'string') checkLength(value, visit.limits.elementLength, visit);
  if (value !== null) return decode(value, visit);
  violate(visit, visit.path, 'cannot be null or empty.');
  return undefined;
}

function enumDecoder(values: readonly string[]): Decode {
  const allowed = new Set(values);
  return (value, visit) => {
    const text = decodeString(value, visit);
    if (text !== undefined && !allowed.has(text))
      violate(visit, visit.path, `should be one of [${values.join(', ')}]`);
    return text;
  };
}

const decodeString = (value: unknown, visit: Visit): string | undefined =>
  typeof value === 'string' ? value : mismatch(visit, value, 'a String');

const decodeBoolean = (value: unknown, visit: Visit): boolean | undefined =>
  typeof value === 'boolean' ? value : mismatch(visit, value, 'a Boolean');

function numberDecoder(type: string, accepts: (value: number) => boolean): Decode {
  return (value, visit) => {
    if (typeof value !== 'number') return mismatch(visit, value, type);
    return accepts(value) ? value : mistake(visit, `The number is not in the range of ${type}.`);
  };
}

/** NaN and the infinities come as words where the protocol has no numbers for them. */
function decodeAnyDouble(value: unknown, visit: Visit): number | undefined {
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return typeof value === 'number' ? value : mismatch(visit, value, 'a Double');
}

/** Bytes, or their base64. */
function decodeBlob(value: unknown, visit: Visit): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  const text = decodeString(value, visit);
  if (text === undefined) return undefined;
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0
    ? Buffer.from(text, 'base64')
    : mistake(visit, 'The value is not valid base64.');
}

/** Seconds; where the model says that it is written as text, a text of any of the forms that there are. */
function timestampDecoder(format: TimestampFormat): Decode {
  // Beyond this many seconds no Date exists.
  const decodeSeconds = numberDecoder('a Timestamp', (value) => Math.abs(value) <= 8.64e12);
  return (value, visit) => {
    if (value instanceof Date) return decodeSeconds(value.getTime() / 1000, visit);
    const seconds = typeof value === 'string' && format !== 'unixTimestamp' ? parseTimestamp(value) : value;
    return decodeSeconds(seconds ?? value, visit);
  };
}

function decodeDocument(value: unknown, visit: Visit, depth = 0): unknown {
  visit.length += typeof value === 'string' && depth > 0 ? value.length + 1 : 1;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepestDocument) return mistake(visit, 'The document is nested too deeply.');
  if (Array.isArray(value)) return value.map((element) => decodeDocument(element, visit, depth + 1));
  const clean: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (!checkKey(key, visit)) continue;
    checkLength(key, visit.limits.textLength, visit);
    clean[key] = decodeDocument(member, visit, depth + 1);
  }
  return clean;
}

const simpleDecoders: Readonly<Record<Exclude<SimpleKind, 'timestamp'>, Decode>> = {
  string: decodeString,
  text: decodeString,
  boolean: decodeBoolean,
  integer: numberDecoder('an Integer', (value) => value === (value | 0)),
  long: numberDecoder('a Long', Number.isSafeInteger),
  double: numberDecoder('a Double', Number.isFinite),
  blob: decodeBlob,
  document: (value, visit) => decodeDocument(value, visit),
};

/** Whether the key may be used: assigning this one would set an object's prototype instead of a member. */
function checkKey(key: string, visit: Visit): boolean {
  if (key === '__proto__') mistake(visit, '__proto__ is not a valid key.');
  return key !== '__proto__';
}

/** Counts a text or a key, and refuses one that is too long. */
function checkLength(text: string, max: number, visit: Visit): void {
  visit.length += text.length;
  if (text.length > max) violate(visit, visit.path, `can have a maximum of ${max} characters.`);
}

const asObject = (value: unknown, visit: Visit): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as Record<string, unknown>)
    : mismatch(visit, value, 'a Structure or Map');

function violate({ violations }: Visit, path: readonly (string | number)[], rule: string): void {
  if (violations.length < maxMistakes) violations.push(`${pathText(path)} ${rule}`);
}

const mismatch = (visit: Visit, value: unknown, wanted: string): undefined =>
  mistake(visit, `${tokenName(value)} can not be converted to ${wanted}`);

/** Records a value that cannot be read; nothing stands for it. */
function mistake({ mistyped, path }: Visit, text: string): undefined {
  if (mistyped.length < maxMistakes) mistyped.push(`${where(path)}${text}`);
}

function tokenName(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  switch (typeof value) {
    case 'string':
      return 'STRING_VALUE';
    case 'number':
      return 'NUMBER_VALUE';
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    default:
      return value === null ? 'NULL_VALUE' : 'START_OBJECT';
  }
}

function where(path: readonly (string | number)[]): string {
  return path.length === 0 ? '' : `${pathText(path)}: `;
}

/** `containerDefinitions[0].name` */
function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => stepText(step, index === 0)).join('');
}

function stepText(step: string | number, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  return first ? step : `.${step}`;
}
