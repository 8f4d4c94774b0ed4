import type { PageLimits } from '../shared/page.ts';
import { invalidParameter } from './errors.ts';

const maxLists: PageLimits = { default: 100, max: 100 };

/** How many entries a page holds; throws InvalidParameterException when `maxResults` is not from 1 to `limits.max`. */
export function pageSize(maxResults: number | undefined, limits: PageLimits = maxLists): number {
  if (maxResults === undefined) return limits.default;
  if (maxResults < 1 || maxResults > limits.max) {
    throw invalidParameter(`maxResults should be between 1 and ${limits.max}.`);
  }
  return maxResults;
}
