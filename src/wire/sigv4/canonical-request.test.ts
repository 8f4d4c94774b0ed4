import { describe, expect, it } from 'vitest';
import { canonicalPath, canonicalQuery, canonicalRequest } from './canonical-request.ts';

describe('canonicalPath', () => {
  it.each([
    ['/', '/'],
    ['', '/'],
    ['//', '/'],
    ['/./', '/'],
    ['/a/../..', '/'],
    ['/a/./b/../c', '/a/c'],
    ['/a//b/', '/a/b/'],
    ['/a%20b', '/a%2520b'],
    ['/ü', '/%C3%BC'],
  ])('%s becomes %s', (input, wanted) => {
    expect(canonicalPath(input)).toBe(wanted);
  });
});

describe('canonicalQuery', () => {
  it.each([
    ['', ''],
    ['b=2&a=1', 'a=1&b=2'],
    ['a=b&a=a', 'a=a&a=b'],
    ['a&b=', 'a=&b='],
    ['a=1=2', 'a=1%3D2'],
    ['&&a=1&', 'a=1'],
    ['x=%2f%20+', 'x=%2F%20%20'],
    // By name first: `=` sorts after `-`, so sorting whole pairs would turn these round.
    ['a-=1&a=2', 'a=2&a-=1'],
    ['b=1&X-Amz-Signature=00&a=2', 'X-Amz-Signature=00&a=2&b=1'],
  ])('%s becomes %s', (input, wanted) => {
    expect(canonicalQuery(input)).toBe(wanted);
  });
});

describe('canonicalQuery of a presigned URL', () => {
  it('leaves out its own signature, however it is spelt', () => {
    const query = 'b=1&X-Amz-Signature=00&X%2DAmz-Signature=1&a=2';
    expect(canonicalQuery(query, 'X-Amz-Signature')).toBe('a=2&b=1');
  });
});

describe('canonicalRequest', () => {
  const request = {
    method: 'GET',
    target: '/ws?seqNum=1&clusterArn=arn%3Aaws',
    headers: { host: 'h:1', 'x-b': '  a \t  b ', unsigned: 'u' },
  };

  it('joins its parts by lines, each signed header trimmed and with single blanks', () => {
    expect(canonicalRequest(request, ['host', 'x-b'], 'HASH')).toBe(
      'GET\n/ws\nclusterArn=arn%3Aaws&seqNum=1\nhost:h:1\nx-b:a b\n\nhost;x-b\nHASH',
    );
  });

  it('takes a signed header that is not there for empty, were it even called constructor', () => {
    expect(canonicalRequest(request, ['constructor', 'gone'], '')).toContain('\nconstructor:\ngone:\n\n');
  });
});
