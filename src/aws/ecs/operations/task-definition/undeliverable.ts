// What no instance gets of Longshore yet is refused when it is to run: of a request and of its definition in one answer.
import { unsupportedFeatures, type DefinedParts } from '../../state/task-definition/unsupported-features.ts';
import { unsupportedFeatureList } from '../../errors.ts';

/** What a request may ask for and nothing here offers, by its name in the refusal; whatever is true is asked for. */
export type UsedFeatures = Readonly<Record<string, unknown>>;

/** Throws UnsupportedFeatureException naming all parameters of a definition that would not reach the containers. */
export function refuseUndeliverable(definition: DefinedParts): void {
  const features = featuresOf(definition);
  if (features.length > 0) throw unsupportedFeatureList(features);
}

/**
 * Throws UnsupportedFeatureException where the request asks for any of the features, and then names those of the
 * definition to run too. A definition alone is refused by `refuseUndeliverable`, after the rules of ECS.
 */
export function refuseUsed(asked: UsedFeatures, definition: DefinedParts | undefined): void {
  const ofRequest = Object.entries(asked).flatMap(([feature, is]) => (is ? feature : []));
  if (ofRequest.length === 0) return;
  const ofDefinition = definition ? featuresOf(definition) : [];
  throw unsupportedFeatureList([...new Set([...ofRequest, ...ofDefinition])]);
}

const featuresOf = (definition: DefinedParts): readonly string[] =>
  unsupportedFeatures(definition).map(({ feature }) => feature);
