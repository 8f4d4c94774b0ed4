// Values out of the form of the query protocols, by their model. What is not in the model is left out.
import { nodeAt, numbered, type FormNode } from './form.ts';
import {
  kindOf,
  refOf,
  shapeOf,
  type ListShape,
  type MapShape,
  type ShapeRef,
  type StructureShape,
  type ApiModel,
} from '../model.ts';
import { scalarFromText } from './scalar-text.ts';
import { elementName, flattenedName, isFlattened, keyName, valueName } from './xml/member-names.ts';

/** Where query and ec2-query differ. */
export interface QueryDialect {
  readonly memberName: (member: string, ref: ShapeRef) => string;
  /** Whether lists are always numbered right after their name. */
  readonly flatLists: boolean;
}

export const plainQuery: QueryDialect = {
  memberName: (member, { locationName }) => locationName ?? member,
  flatLists: false,
};

export const ec2Query: QueryDialect = {
  memberName: (member, { queryName, locationName }) => queryName ?? capitalized(locationName ?? member),
  flatLists: true,
};

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The members of a structure below a node; throws SerializationException where a text is none of its shape's. */
export function structureFromForm(
  model: ApiModel,
  { members }: StructureShape,
  node: FormNode,
  dialect: QueryDialect,
): Readonly<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  for (const [member, declared] of Object.entries(members)) {
    const ref = refOf(declared);
    const name = placeOf(model, member, ref, node, dialect);
    const found = nodeAt(node, name);
    const read = found && fromForm(model, ref, found, name, dialect);
    if (read !== undefined) value[member] = read;
  }
  return value;
}

/** The name under which a member is given; a flattened list may be so under the name of its elements too. */
function placeOf(
  model: ApiModel,
  member: string,
  ref: ShapeRef,
  node: FormNode,
  dialect: QueryDialect,
): string {
  const name = dialect.memberName(member, ref);
  const shape = shapeOf(model, ref);
  if (dialect.flatLists || typeof shape !== 'object' || shape.kind !== 'list') return name;
  if (!isFlattened(ref, shape) || nodeAt(node, name) !== undefined) return name;
  return flattenedName(ref, shape, member);
}

function fromForm(
  model: ApiModel,
  ref: ShapeRef,
  node: FormNode,
  name: string,
  dialect: QueryDialect,
): unknown {
  const shape = shapeOf(model, ref);
  switch (kindOf(shape)) {
    case 'structure':
      return structureFromForm(model, shape as StructureShape, node, dialect);
    case 'list':
      return listFromForm(model, ref, shape as ListShape, node, dialect);
    case 'map':
      return mapFromForm(model, ref, shape as MapShape, node, dialect);
    default:
      return node.text === undefined ? undefined : scalarFromText(node.text, shape, name);
  }
}

/** `Name.1`, or `Name.member.1`; `Name=` alone is an empty list. */
function listFromForm(
  model: ApiModel,
  ref: ShapeRef,
  list: ListShape,
  node: FormNode,
  dialect: QueryDialect,
): unknown {
  const flat = dialect.flatLists || isFlattened(ref, list);
  const elements = flat ? node : nodeAt(node, elementName(list));
  if (elements === undefined) return node.text === '' ? [] : undefined;
  return present(
    numbered(elements).map((one) => fromForm(model, refOf(list.of), one, elementName(list), dialect)),
  );
}

/** `Name.1.key` and `Name.1.value`, or the same after `Name.entry`. */
function mapFromForm(
  model: ApiModel,
  ref: ShapeRef,
  map: MapShape,
  node: FormNode,
  dialect: QueryDialect,
): unknown {
  const entries = isFlattened(ref, map) ? node : nodeAt(node, 'entry');
  if (entries === undefined) return node.text === '' ? {} : undefined;
  return Object.fromEntries(
    numbered(entries).flatMap((entry) => {
      const key = nodeAt(entry, keyName(map))?.text;
      const found = nodeAt(entry, valueName(map));
      const value = found && fromForm(model, refOf(map.of), found, valueName(map), dialect);
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}

const present = (values: readonly unknown[]): unknown[] => values.filter((value) => value !== undefined);
