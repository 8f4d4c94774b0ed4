import { expect, test } from 'vitest';
import { isPublicPolicy } from './public-policy.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const isPublic = (more: object): boolean =>
  isPublicPolicy(JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, ...more } }));

test.each([
  [{}],
  [{ Principal: { AWS: '*' } }],
  [{ Principal: { AWS: ['arn:aws:iam::111111111111:root', '*'] } }],
  [{ Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } }],
  [{ Condition: { StringEquals: { 'aws:Referer': 'https://example.com' } } }],
  [{ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }],
  [{ Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }],
  [{ Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111111111111:root' } }],
])('%j lets in everybody', (more) => {
  expect(isPublic(more)).toBe(true);
});

test.each([
  [{ Effect: 'Deny' }],
  [{ Principal: { AWS: 'arn:aws:iam::111111111111:root' } }],
  [{ Principal: { Service: 'logging.s3.amazonaws.com' } }],
  [{ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }],
  [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } }],
  [{ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.1'] } } }],
  [{ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:us-east-1:111111111111:trail/*' } } }],
])('%j does not', (more) => {
  expect(isPublic(more)).toBe(false);
});
