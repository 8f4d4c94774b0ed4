// Whether the answers of Longshore's own API have what commands rely on: the server may be of an earlier version, whose answers had less.
import { longshoreModel, type LongshoreOperations } from '../../longshore/model.ts';
import { shapeOf, type Ref, type StructureShape } from '../../wire/model.ts';

/** The first member that the answer to `operation` lacks of those that the model requires, as `now.fits[0].freeCpu`; undefined when it has all. */
export const missingMember = (operation: keyof LongshoreOperations, answer: object): string | undefined =>
  missingIn(longshoreModel.operations[operation].output, answer)?.replace(/^\./, '');

/** A path that begins with a dot or a bracket; empty where `value` itself is not there. */
function missingIn(ref: Ref, value: unknown): string | undefined {
  if (value === undefined) return '';
  const shape = shapeOf(longshoreModel, ref);
  if (typeof shape === 'string') return undefined;
  if (shape.kind === 'list') return missingInList(shape.of, value);
  return shape.kind === 'structure' ? missingInStructure(shape, value) : undefined;
}

function missingInList(of: Ref, value: unknown): string | undefined {
  if (!Array.isArray(value)) return '[]';
  for (const [at, element] of value.entries()) {
    const deeper = missingIn(of, element);
    if (deeper !== undefined) return `[${at}]${deeper}`;
  }
  return undefined;
}

function missingInStructure({ members, required = [] }: StructureShape, value: unknown): string | undefined {
  const found = new Map(Object.entries(value ?? {}));
  for (const [member, ref] of Object.entries(members)) {
    const inside = found.get(member);
    if (inside === undefined && !required.includes(member)) continue;
    const deeper = missingIn(ref, inside);
    if (deeper !== undefined) return `.${member}${deeper}`;
  }
  return undefined;
}
