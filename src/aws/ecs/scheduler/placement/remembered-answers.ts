// Which places of a fleet pass what is asked of their instances alone: remembered, since tasks are placed often and
// instances change seldom.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';

/** Of a fleet's shape, which is another one once an instance is. Callers' queries must not fill the memory. */
const known = new WeakMap<object, WeakMap<object, Map<string, Uint8Array>>>();
const maxAnswers = 1000;

/** 1 where an instance passes. They are remembered under `owner` for as long as that lives, and there by name. */
export function rememberedAnswers(
  { shape, usages }: Fleet,
  owner: object,
  name: string,
  passes: (usage: InstanceUsage) => boolean,
): Uint8Array {
  const ofShape = known.get(shape) ?? new WeakMap<object, Map<string, Uint8Array>>();
  known.set(shape, ofShape);
  const ofOwner = ofShape.get(owner) ?? new Map<string, Uint8Array>();
  ofShape.set(owner, ofOwner);
  const found = ofOwner.get(name);
  if (found) return found;
  const answers = Uint8Array.from(usages, (usage) => (passes(usage) ? 1 : 0));
  if (ofOwner.size >= maxAnswers) ofOwner.clear();
  ofOwner.set(name, answers);
  return answers;
}

/** Sets to 0 where the answer is. */
export function intersect(passes: Uint8Array, answers: Uint8Array): void {
  for (let at = 0; at < passes.length; at++) passes[at]! &= answers[at]!;
}
