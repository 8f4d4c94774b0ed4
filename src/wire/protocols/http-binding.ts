// What the protocols by method and path take from a request's path, query and headers, and put into a reply's status and headers.
import { isUtf8 } from 'node:buffer';
import { headerOf } from '../header-of.ts';
import type { Headers, HttpRequest } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { fromHeader, toHeader } from './header-value.ts';
import { kindOf, refOf, shapeOf, type ShapeRef, type StructureShape, type ApiModel } from '../model.ts';
import { scalarFromText } from './scalar-text.ts';
import { queryParameters } from './uri-template.ts';

type Members = Readonly<Record<string, unknown>>;

/** The members of `structure` that are not in the body. `labels` are those that the path was matched with. */
export function boundInput(
  model: ApiModel,
  { members }: StructureShape,
  request: HttpRequest,
  labels: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const query = queryParameters(splitTarget(request.target).query);
  const value: Record<string, unknown> = {};
  for (const [member, declared] of Object.entries(members)) {
    const found = boundMember(model, member, refOf(declared), { request, labels, query });
    if (found !== undefined) value[member] = found;
  }
  return value;
}

interface Sources {
  readonly request: HttpRequest;
  readonly labels: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, readonly string[]>;
}

function boundMember(model: ApiModel, member: string, ref: ShapeRef, sources: Sources): unknown {
  const name = ref.locationName ?? member;
  switch (ref.location) {
    case 'uri': {
      const text = sources.labels.get(name);
      return text === undefined ? undefined : scalarFromText(text, shapeOf(model, ref), name);
    }
    case 'querystring':
      return fromQuery(model, ref, name, sources);
    case 'header': {
      const text = headerOf(sources.request.headers, name.toLowerCase());
      return text === undefined ? undefined : fromHeader(model, ref, readable(text), name);
    }
    case 'headers':
      return prefixed(sources.request.headers, name.toLowerCase());
    default:
      return undefined;
  }
}

function fromQuery(model: ApiModel, ref: ShapeRef, name: string, { query }: Sources): unknown {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'object' && shape.kind === 'map') {
    const listed = kindOf(shapeOf(model, shape.of)) === 'list';
    // All of them, also those that members have by name.
    return Object.fromEntries([...query].map(([key, values]) => [key, listed ? values : values[0]]));
  }
  const values = query.get(name);
  if (values === undefined) return undefined;
  if (typeof shape !== 'object' || shape.kind !== 'list') return scalarFromText(values[0]!, shape, name);
  return values.map((text) => scalarFromText(text, shapeOf(model, shape.of), name));
}

/** The headers that begin with a prefix, without it. */
function prefixed(headers: Headers, prefix: string): Members {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, text]) => [name.slice(prefix.length), readable(text)]));
}

/** The status and headers that a structure's members make; `status` is that of the operation or error. */
export function boundOutput(
  model: ApiModel,
  { members }: StructureShape,
  value: Members,
  status: number,
): { readonly status: number; readonly headers: Headers } {
  const headers: Record<string, string> = {};
  let told = status;
  for (const [member, declared] of Object.entries(members)) {
    const [ref, one] = [refOf(declared), value[member]];
    if (one === undefined || one === null) continue;
    const name = (ref.locationName ?? member).toLowerCase();
    if (ref.location === 'statusCode') told = Number(one);
    if (ref.location === 'header') headers[name] = safe(toHeader(model, ref, one));
    if (ref.location !== 'headers') continue;
    for (const [key, text] of Object.entries(one as Members))
      headers[name + key.toLowerCase()] = safe(String(text));
  }
  return { status: told, headers };
}

/** Node reads headers byte by byte; clients write UTF-8. */
function readable(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}

/** What a header cannot hold would end the reply: line feeds and the like go, other characters travel as the bytes of UTF-8. */
const safe = (text: string): string => Buffer.from(text.replace(/\p{Cc}+/gu, ' '), 'utf8').toString('latin1');

/** The structure without the members that are elsewhere in a request. */
export function inputBodyOf(structure: StructureShape): StructureShape {
  return onlyMembers(structure, ({ location }) => location === undefined);
}

/** The structure without the members that are elsewhere in a reply, which has no path and no query. */
export function outputBodyOf(structure: StructureShape): StructureShape {
  return onlyMembers(
    structure,
    ({ location }) => location === undefined || location === 'uri' || location === 'querystring',
  );
}

function onlyMembers(structure: StructureShape, keep: (ref: ShapeRef) => boolean): StructureShape {
  const members = Object.entries(structure.members).filter(([, ref]) => keep(refOf(ref)));
  return { ...structure, members: Object.fromEntries(members) };
}
