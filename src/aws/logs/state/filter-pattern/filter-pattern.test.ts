import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenRule } from '../../../shared/broken-rule.ts';
import { parseFilterPattern } from './filter-pattern.ts';

const matches = (pattern: string, message: string): boolean => parseFilterPattern(pattern).matches(message);

describe('terms', () => {
  it.each([
    ['', 'anything', true],
    ['" "', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR timeout', 'timeout: ERROR', true],
    ['ERROR timeout', 'ERROR', false],
    ['"out of memory"', 'killed: out of memory', true],
    ['"out of memory"', 'out of some memory', false],
    [String.raw`"say \"no\""`, 'they say "no"', true],
    ['ERROR -debug', 'ERROR in debug', false],
    ['ERROR -"a b"', 'ERROR in a c', true],
    ['-debug', 'all is well', true],
    ['?WARN ?ERROR', 'WARN: low', true],
    ['?WARN ?ERROR', 'INFO: fine', false],
    ['?WARN ?ERROR low', 'low', true],
    ['%5[0-9]{2}%', 'status 503', true],
    ['%5[0-9]{2}%', 'status 403', false],
    ['%^start% end', 'start to end', true],
    ['Größe', 'die Größe', true],
  ])('%s of %j: %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected);
  });
});

describe('JSON selectors', () => {
  const event = JSON.stringify({
    user: { id: 'alice', tags: ['a', 'b'], 'x.y': 1 },
    latency: 120.5,
    ok: true,
    off: false,
    none: null,
    list: [{ code: 404 }, { code: 500 }],
    count: '7',
  });

  it.each([
    ['{ $.user.id = "alice" }', true],
    ['{$.user.id=alice}', true],
    ['{ $.user.id = "al*" }', true],
    ['{ $.user.id = *ce }', true],
    ['{ $.user.id != "bob" }', true],
    ['{ $.user.id != "alice" }', false],
    ['{ $.missing != "alice" }', false],
    ['{ $.user.tags[1] = "b" }', true],
    ['{ $.user.tags[2] = "b" }', false],
    ['{ $.user.tags[*] = "b" }', true],
    ["{ $.user['x.y'] = 1 }", true],
    ["{ $.user.['x.y'] = 1 }", true],
    ['{ $.list[*].code = 500 }', true],
    ['{ $.list[*].code = 5* }', true],
    ['{ $.latency > 120 }', true],
    ['{ $.latency >= 120.5 && $.latency <= 1.205e2 }', true],
    ['{ $.latency < 120 }', false],
    ['{ $.user.id > 1 }', false],
    ['{ $.count > 6 }', true],
    ['{ $.ok IS TRUE }', true],
    ['{ $.ok is false }', false],
    ['{ $.off IS FALSE }', true],
    ['{ $.none IS NULL }', true],
    ['{ $.missing IS NULL }', false],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.none NOT EXISTS }', false],
    ['{ $.none EXISTS }', true],
    ['{ $.user.id = %^a.*e$% }', true],
    ['{ $.ok IS FALSE || $.user.id = "alice" && $.latency > 1 }', true],
    ['{ ($.ok IS FALSE || $.user.id = "alice") && $.latency < 1 }', false],
    ['{ ((($.ok IS TRUE))) }', true],
    ['{ $.* = 120.5 }', true],
    ['{ $.__proto__ EXISTS }', false],
  ])('%s: %s', (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('match no event that is not JSON', () => {
    expect(matches('{ $.a NOT EXISTS }', 'no JSON')).toBe(false);
    expect(matches('{ $.a NOT EXISTS }', '{ "a": ')).toBe(false);
  });

  it('give the values that they name', () => {
    const pattern = parseFilterPattern('{ $.latency > 1 && $.list[0].code = * && $.missing NOT EXISTS }');
    expect(pattern.extract(event)).toEqual({ '$.latency': '120.5', '$.list[0].code': '404' });
  });
});

describe('space-delimited fields', () => {
  const line = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

  it.each([
    ['[ip, id, user, time, request, status, bytes]', true],
    ['[ip, id, user, time, request, status]', false],
    ['[ip, ..., bytes]', true],
    ['[..., status = 4*, bytes > 1000]', true],
    ['[..., status = 5*, bytes]', false],
    ['[ip = 127.0.*, ...]', true],
    ['[ip, id, user = "frank", ...]', true],
    ['[ip, id, user != frank, ...]', false],
    ['[..., status = 404 || status = 410, bytes]', true],
    ['[..., (status = 4* && status != 404), bytes]', false],
    ['[ip = %^127%, ...]', true],
    ['[ip, id, user, time, request = "*index*", ...]', true],
    ['[a, b, c, d, e, f, g, ...]', true],
    ['[a, b, c, d, e, f, g, h, ...]', false],
  ])('%s: %s', (pattern, expected) => {
    expect(matches(pattern, line)).toBe(expected);
  });

  it('give the values of their names', () => {
    expect(parseFilterPattern('[ip, ..., status, bytes]').extract(line)).toEqual({
      $ip: '127.0.0.1',
      $status: '404',
      $bytes: '1534',
    });
  });
});

describe('a pattern that is none', () => {
  it.each([
    ['{ $.a = 1', "If a filter pattern starts with '{' it must end with '}'"],
    ['[a, b', "If a filter pattern starts with '[' it must end with ']'"],
    ['a.b', 'Invalid filter pattern'],
    ['"open', 'Invalid filter pattern'],
    ['{ }', 'Invalid filter pattern'],
    ['{ $ = 1 }', 'Invalid filter pattern'],
    ['{ a = 1 }', 'Invalid filter pattern'],
    ['{ $.a = }', 'Invalid filter pattern'],
    ['{ $.a > b }', 'Invalid filter pattern'],
    ['{ ($.a = 1 }', 'Invalid filter pattern'],
    ['{ $.a = 1 $.b = 2 }', 'Invalid filter pattern'],
    ['{ $.*.b[*] = 1 }', 'Invalid filter pattern'],
    ['{ $.a = %(% }', 'Invalid filter pattern'],
    ['[a, ..., b, ...]', 'Invalid filter pattern'],
    ['[a = 4* && b > 1]', 'Invalid filter pattern'],
    [`{ ${'('.repeat(40)}$.a = 1${')'.repeat(40)} }`, 'Invalid filter pattern'],
    ['%(a{500}){500}%', 'Invalid filter pattern'],
    [`%(${'ab?'.repeat(300)}){1000}%`, 'Invalid filter pattern'],
    ['%[ab]{200}% %[bc]{200}% %[cd]{200}%', 'Invalid filter pattern'],
  ])('%s is refused: %s', (pattern, message) => {
    expect(() => parseFilterPattern(pattern)).toThrow(new BrokenRule(message));
  });

  it('never breaks otherwise, whatever is written', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '$.',
      'a',
      '"',
      '%',
      '*',
      '&&',
      '||',
      '(',
      ')',
      '=',
      ' ',
      '?',
      '-',
      '...',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.string(), (parts, message) => {
        try {
          parseFilterPattern(parts.join('')).matches(message);
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenRule);
        }
      }),
    );
  });
});
