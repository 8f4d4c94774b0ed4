// Values into XML, by their model.
import {
  kindOf,
  refOf,
  shapeOf,
  type ListShape,
  type MapShape,
  type Ref,
  type ShapeRef,
  type StructureShape,
  type ApiModel,
  type XmlNamespace,
} from '../../model.ts';
import { scalarToText } from '../scalar-text.ts';
import { element, textElement } from './element.ts';
import { elementName, flattenedName, isFlattened, keyName, valueName } from './member-names.ts';

type Members = Readonly<Record<string, unknown>>;

/** The element `name` with a value in it. */
export function toXml(model: ApiModel, name: string, declared: Ref, value: unknown): string {
  const [ref, shape] = [refOf(declared), shapeOf(model, declared)];
  const namespace = namespaceAttribute(ref.xmlNamespace ?? ownNamespace(shape));
  switch (kindOf(shape)) {
    case 'structure': {
      const structure = shape as StructureShape;
      const attributes = { ...namespace, ...attributesOf(model, structure, value as Members) };
      return element(name, membersToXml(model, structure, value as Members), attributes);
    }
    case 'list':
      return element(
        name,
        listToXml(model, elementName(shape as ListShape), shape as ListShape, value),
        namespace,
      );
    case 'map':
      return element(name, mapToXml(model, 'entry', shape as MapShape, value), namespace);
    default:
      return textElement(name, scalarToText(value, ref, shape, 'iso8601'), namespace);
  }
}

/** The elements of a structure's members, in the order of the model; absent members make none. */
export function membersToXml(model: ApiModel, { members }: StructureShape, value: Members): string {
  return Object.entries(members)
    .filter(([member, ref]) => isPresent(value[member]) && refOf(ref).xmlAttribute !== true)
    .map(([member, ref]) => memberToXml(model, member, refOf(ref), value[member]))
    .join('');
}

function memberToXml(model: ApiModel, member: string, ref: ShapeRef, value: unknown): string {
  const shape = shapeOf(model, ref);
  const name = ref.locationName ?? member;
  if (
    typeof shape === 'object' &&
    (shape.kind === 'list' || shape.kind === 'map') &&
    isFlattened(ref, shape)
  ) {
    return shape.kind === 'list'
      ? listToXml(model, flattenedName(ref, shape, member), shape, value)
      : mapToXml(model, name, shape, value, ref.xmlNamespace);
  }
  return toXml(model, name, ref, value);
}

function listToXml(model: ApiModel, name: string, { of }: ListShape, value: unknown): string {
  return (value as readonly unknown[])
    .filter(isPresent)
    .map((one) => toXml(model, name, of, one))
    .join('');
}

function mapToXml(
  model: ApiModel,
  name: string,
  map: MapShape,
  value: unknown,
  namespace?: XmlNamespace,
): string {
  const keyNamespace = namespaceAttribute(refOf(map.key ?? 'String').xmlNamespace);
  return Object.entries(value as Members)
    .filter(([, one]) => isPresent(one))
    .map(([key, one]) =>
      element(
        name,
        textElement(keyName(map), key, keyNamespace) + toXml(model, valueName(map), map.of, one),
        namespaceAttribute(namespace),
      ),
    )
    .join('');
}

/** The members of a structure that are attributes of its element. */
export function attributesOf(
  model: ApiModel,
  { members }: StructureShape,
  value: Members,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([member, declared]) => {
      const ref = refOf(declared);
      if (ref.xmlAttribute !== true || !isPresent(value[member])) return [];
      return [[ref.locationName ?? member, scalarToText(value[member], ref, shapeOf(model, ref), 'iso8601')]];
    }),
  );
}

const ownNamespace = (shape: ReturnType<typeof shapeOf>): XmlNamespace | undefined =>
  typeof shape === 'object' && shape.kind === 'structure' ? shape.xmlNamespace : undefined;

function namespaceAttribute(namespace: XmlNamespace | undefined): Record<string, string> {
  if (namespace === undefined) return {};
  const { prefix, uri } = namespace;
  return { [prefix === undefined ? 'xmlns' : `xmlns:${prefix}`]: uri };
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
