import { expect, test } from 'vitest';
import { ecrRegistry } from './ecr-image.ts';

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/app', 'eu-west-1'],
  ['123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/team/app:1', 'us-gov-west-1'],
  ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/app@sha256:0', 'us-east-1'],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app', 'cn-north-1'],
  ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov/app', 'us-iso-east-1'],
  ['123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov/app', 'us-isob-east-1'],
])('%s is of Amazon ECR', (image, region) => {
  expect(ecrRegistry(image)).toEqual({ registryId: '123456789012', region });
});

test.each([
  'busybox',
  'public.ecr.aws/nginx/nginx:latest',
  'example.com/123456789012.dkr.ecr.eu-west-1.amazonaws.com/app',
  '12345678901.dkr.ecr.eu-west-1.amazonaws.com/app',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.test/app',
])('%s is not', (image) => {
  expect(ecrRegistry(image)).toBeUndefined();
});
