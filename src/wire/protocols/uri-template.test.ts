import { describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { matchUri, queryParameters, uriTemplate } from './uri-template.ts';

describe('a template', () => {
  it('matches the path, with its labels decoded, and what the query must hold', () => {
    const template = uriTemplate('/functions/{Name}/{Key+}?list&kind=2');
    expect(matchUri(template, '/functions/a%20b+c/d/e?kind=1&list&kind=2')).toEqual(
      new Map([
        ['Name', 'a b+c'],
        ['Key', 'd/e'],
      ]),
    );
    expect(matchUri(template, '/functions/a/b?list&kind=1')).toBeUndefined();
    expect(matchUri(template, '/functions/a/b?kind=2')).toBeUndefined();
  });
});

describe('a query', () => {
  it('has all values of a name, in order, and none that is empty of both', () => {
    expect(queryParameters('b=2&a=%31&&b&__proto__=x')).toEqual(
      new Map([
        ['b', ['2', '']],
        ['a', ['1']],
        ['__proto__', ['x']],
      ]),
    );
  });

  it('costs no more than its length, however often a name comes', () => {
    const began = systemClock.elapsed();
    expect(queryParameters('a=&'.repeat(200_000)).get('a')).toHaveLength(200_000);
    // Copying the values each time would take minutes.
    expect(systemClock.elapsed() - began).toBeLessThan(5000);
  });
});
