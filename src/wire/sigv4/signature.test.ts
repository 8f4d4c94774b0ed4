import { describe, expect, it } from 'vitest';
import { scopeText, sha256Hex, signatureOf } from './signature.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const scope = { date: '20150830', region: 'us-east-1', service: 'iam' };

describe('signatureOf', () => {
  it('gives the signature of the example that AWS published for IAM ListUsers', () => {
    const canonical = [
      'GET',
      '/',
      'Action=ListUsers&Version=2010-05-08',
      'content-type:application/x-www-form-urlencoded; charset=utf-8',
      'host:iam.amazonaws.com',
      'x-amz-date:20150830T123600Z',
      '',
      'content-type;host;x-amz-date',
      sha256Hex(''),
    ].join('\n');
    expect(signatureOf(secret, scope, '20150830T123600Z', canonical)).toBe(
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  it('differs by secret, scope, time and request, and is the same again after many other keys', () => {
    const first = signatureOf(secret, scope, '20150830T123600Z', 'a');
    const others = [
      signatureOf('other', scope, '20150830T123600Z', 'a'),
      signatureOf(secret, { ...scope, date: '20150831' }, '20150830T123600Z', 'a'),
      signatureOf(secret, { ...scope, region: 'eu-west-1' }, '20150830T123600Z', 'a'),
      signatureOf(secret, { ...scope, service: 'ecs' }, '20150830T123600Z', 'a'),
      signatureOf(secret, scope, '20150830T123601Z', 'a'),
      signatureOf(secret, scope, '20150830T123600Z', 'b'),
      ...Array.from({ length: 600 }, (_, index) => signatureOf(`${index}`, scope, '20150830T123600Z', 'a')),
    ];
    expect(new Set([first, ...others]).size).toBe(others.length + 1);
    expect(signatureOf(secret, scope, '20150830T123600Z', 'a')).toBe(first);
  });
});

describe('scopeText', () => {
  it('is what stands after the key id in a credential', () => {
    expect(scopeText(scope)).toBe('20150830/us-east-1/iam/aws4_request');
  });
});
