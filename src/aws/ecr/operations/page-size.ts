import type { PageLimits } from '../../shared/page.ts';
import { broken } from '../errors.ts';

const limits: PageLimits = { default: 100, max: 1000 };

/** How many entries a page holds; throws InvalidParameterException when `maxResults` is not from 1 to 1000. */
export function pageSize(maxResults = limits.default): number {
  if (maxResults < 1) throw broken('maxResults', 'must be greater than or equal to 1');
  if (maxResults > limits.max) throw broken('maxResults', `must be less than or equal to ${limits.max}`);
  return maxResults;
}
