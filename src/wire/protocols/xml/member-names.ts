// What lists, maps and their parts are called in XML; reading and writing go by the same names.
import { refOf, type ListShape, type MapShape, type ShapeRef } from '../../model.ts';

/**
 * The name of the elements of a flattened list. Older models flatten the list itself and name its elements there; newer ones flatten
 * where it is used, and the elements have the member's name.
 */
export function flattenedName(ref: ShapeRef, list: ListShape, member: string): string {
  const used = ref.locationName ?? member;
  return ref.flattened === true ? used : (refOf(list.of).locationName ?? used);
}

export const isFlattened = (ref: ShapeRef, shape: ListShape | MapShape): boolean =>
  ref.flattened ?? shape.flattened ?? false;

export const elementName = (list: ListShape): string => refOf(list.of).locationName ?? 'member';
export const keyName = ({ key = 'String' }: MapShape): string => refOf(key).locationName ?? 'key';
export const valueName = ({ of }: MapShape): string => refOf(of).locationName ?? 'value';
