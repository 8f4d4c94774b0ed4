// What no agent gets of Longshore yet is refused when it is to run, all of it in one answer.
import { unsupportedFeatures, type DefinedParts } from '../../../model/unsupported-features.ts';
import { unsupportedFeatureList } from '../errors.ts';

/** Throws UnsupportedFeatureException naming all parameters of a definition that would not reach the containers. */
export const refuseUndeliverable = (definition: DefinedParts): void => refuseAsked({}, definition);

/** Throws UnsupportedFeatureException naming those of a request that are asked for, and those of the definition to run. */
export function refuseAsked(asked: Readonly<Record<string, unknown>>, definition?: DefinedParts): void {
  const ofRequest = Object.entries(asked).flatMap(([feature, is]) => (is ? feature : []));
  const ofDefinition = definition ? unsupportedFeatures(definition).map(({ feature }) => feature) : [];
  const features = [...ofRequest, ...ofDefinition];
  if (features.length > 0) throw unsupportedFeatureList(features);
}
