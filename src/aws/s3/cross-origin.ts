// What S3 says to browsers, by the rules of the bucket that a page of another origin wants to use.
import type { Store } from '../../store/store.ts';
import type { CrossOrigin } from '../../wire/api.ts';
import { headerOf } from '../../wire/header-of.ts';
import type { Headers, HttpRequest } from '../../wire/http.ts';
import { addressedByPath } from '../../wire/protocols/virtual-host.ts';
import { badRequest, crossOriginRefused } from './errors.ts';
import type { CORSRule } from './shapes.generated.ts';
import { buckets } from './state/bucket/buckets.ts';
import { matchingRule, type PageRequest } from './state/cors/match-rule.ts';

export function s3CrossOrigin(store: Store): CrossOrigin {
  const rulesOf = (request: Pick<HttpRequest, 'target' | 'headers'>): readonly CORSRule[] | undefined => {
    const [, name = ''] = /^\/([^/?]+)/.exec(addressedByPath(request).target) ?? [];
    return store.view((tx) => tx.table(buckets).get(name))?.cors;
  };
  return {
    preflight: (request) => {
      const page = preflightOf(request.headers);
      const rules = rulesOf(request);
      if (rules === undefined) throw crossOriginRefused('CORS is not enabled for this bucket.');
      const rule = matchingRule(rules, page);
      if (rule === undefined)
        throw crossOriginRefused(
          'This CORS request is not allowed. Origin, method or headers are in no rule of the bucket.',
        );
      return { status: 200, headers: preflightHeaders(rule, page), body: '' };
    },
    headers: (request) => {
      const { method, headers } = request;
      const asked = method === 'OPTIONS' ? undefined : headerOf(headers, 'origin');
      if (asked === undefined) return {};
      const page = { origin: asked, method, headers: [] };
      const rule = matchingRule(rulesOf(request) ?? [], page);
      return rule === undefined ? {} : allowedHeaders(rule, page);
    },
  };
}

/** What a browser asks; throws BadRequest. */
function preflightOf(headers: Headers): PageRequest {
  const origin = headerOf(headers, 'origin');
  if (origin === undefined) throw badRequest('Insufficient information. Origin request header needed.');
  const method = headerOf(headers, 'access-control-request-method');
  if (method === undefined) throw badRequest('Invalid Access-Control-Request-Method: null');
  const wanted = headerOf(headers, 'access-control-request-headers') ?? '';
  const names = wanted.split(',').map((name) => name.trim().toLowerCase());
  return { origin, method, headers: names.filter((name) => name !== '') };
}

function preflightHeaders(rule: CORSRule, page: PageRequest): Headers {
  const { MaxAgeSeconds: seconds } = rule;
  return {
    ...allowedHeaders(rule, page),
    ...(page.headers.length > 0 && { 'access-control-allow-headers': page.headers.join(', ') }),
    ...(seconds !== undefined && { 'access-control-max-age': String(seconds) }),
  };
}

function allowedHeaders(rule: CORSRule, { origin }: PageRequest): Headers {
  const { AllowedOrigins: origins, AllowedMethods: methods, ExposeHeaders: exposed = [] } = rule;
  const isForAll = origins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': methods.join(', '),
    ...(!isForAll && { 'access-control-allow-credentials': 'true' }),
    ...(exposed.length > 0 && { 'access-control-expose-headers': exposed.join(', ') }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
