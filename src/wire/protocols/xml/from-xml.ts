// Values out of XML, by their model. What is not in the model is left out.
import {
  kindOf,
  refOf,
  shapeOf,
  type ListShape,
  type MapShape,
  type Ref,
  type StructureShape,
  type ApiModel,
} from '../../model.ts';
import { scalarFromText } from '../scalar-text.ts';
import { elementName, flattenedName, isFlattened, keyName, valueName } from './member-names.ts';
import type { XmlElement } from './read-xml.ts';

/** The value of an element; throws SerializationException where its text is none of the shape's. */
export function fromXml(model: ApiModel, ref: Ref, element: XmlElement): unknown {
  const shape = shapeOf(model, ref);
  switch (kindOf(shape)) {
    case 'structure':
      return structureFromXml(model, shape as StructureShape, element);
    case 'list':
      return listFromXml(model, shape as ListShape, named(element, elementName(shape as ListShape)));
    case 'map':
      return mapFromXml(model, shape as MapShape, named(element, 'entry'));
    default:
      return scalarFromText(element.text, shape, element.name);
  }
}

/** The members of a structure that an element holds. */
export function structureFromXml(
  model: ApiModel,
  { members }: StructureShape,
  element: XmlElement,
): Readonly<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  for (const [member, ref] of Object.entries(members)) {
    const item = memberFromXml(model, member, ref, element);
    if (item !== undefined) value[member] = item;
  }
  return value;
}

function memberFromXml(model: ApiModel, member: string, item: Ref, element: XmlElement): unknown {
  const [ref, shape] = [refOf(item), shapeOf(model, item)];
  const name = ref.locationName ?? member;
  if (ref.xmlAttribute === true) {
    const text = Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
    return text === undefined ? undefined : scalarFromText(text, shape, name);
  }
  if (
    typeof shape === 'object' &&
    (shape.kind === 'list' || shape.kind === 'map') &&
    isFlattened(ref, shape)
  ) {
    return shape.kind === 'list'
      ? orUndefined(named(element, flattenedName(ref, shape, member)), (found) =>
          listFromXml(model, shape, found),
        )
      : orUndefined(named(element, name), (found) => mapFromXml(model, shape, found));
  }
  return orUndefined(named(element, name), ([found]) => fromXml(model, ref, found!));
}

function listFromXml(model: ApiModel, { of }: ListShape, elements: readonly XmlElement[]): unknown[] {
  return elements.map((element) => fromXml(model, of, element));
}

function mapFromXml(model: ApiModel, map: MapShape, entries: readonly XmlElement[]): object {
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const [key] = named(entry, keyName(map));
      const [value] = named(entry, valueName(map));
      return key === undefined || value === undefined ? [] : [[key.text, fromXml(model, map.of, value)]];
    }),
  );
}

const named = (element: XmlElement, name: string): readonly XmlElement[] => {
  const local = name.slice(name.indexOf(':') + 1);
  return element.children.filter((child) => child.name === local);
};

const orUndefined = <Value>(
  found: readonly XmlElement[],
  read: (found: readonly XmlElement[]) => Value,
): Value | undefined => (found.length === 0 ? undefined : read(found));
