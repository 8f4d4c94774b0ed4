// The rules by which browsers may use a bucket from pages of other origins.
import { invalidRequest, malformedXml } from '../../errors.ts';
import type { CORSRule } from '../../shapes.generated.ts';

const maxRules = 100;
const methods = new Set(['DELETE', 'GET', 'HEAD', 'POST', 'PUT']);

/** Throws MalformedXML or InvalidRequest. */
export function checkCors(rules: readonly CORSRule[]): void {
  if (rules.length === 0 || rules.length > maxRules)
    throw malformedXml(`There must be 1 to ${maxRules} rules.`);
  for (const rule of rules) checkRule(rule);
}

function checkRule(rule: CORSRule): void {
  const {
    AllowedMethods: allowed,
    AllowedOrigins: origins,
    AllowedHeaders: headers = [],
    ID: id = '',
  } = rule;
  if (allowed.length === 0 || origins.length === 0)
    throw malformedXml('A rule needs an AllowedMethod and an AllowedOrigin.');
  if (id.length > 255) throw invalidRequest('The ID of a CORS rule must not have more than 255 characters.');
  const method = allowed.find((one) => !methods.has(one));
  if (method !== undefined)
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
  refuseWildcards('AllowedOrigin', origins);
  refuseWildcards('AllowedHeader', headers);
}

function refuseWildcards(element: string, patterns: readonly string[]): void {
  const wrong = patterns.find((pattern) => pattern.split('*').length > 2);
  if (wrong !== undefined) throw invalidRequest(`${element} "${wrong}" can not have more than one wildcard.`);
}
