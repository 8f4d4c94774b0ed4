import { expect, test } from 'vitest';
import { ApiError } from '../../wire/errors.ts';
import { refusalText } from './refusal-text.ts';

const access = {
  endpoint: 'http://here:1',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' },
};
const answer = (code: string, message: string, input: object): string =>
  refusalText(new ApiError(code, message), input, access);

test.each([
  [
    'ClusterNotFoundException',
    'Cluster not found.',
    /^There is no cluster c in the region eu-west-1 at http:\/\/here:1\. Name .*--cluster/,
  ],
  [
    'ServiceNotFoundException',
    'Service not found.',
    /^There is no service web in the cluster c \(in the region eu-west-1/,
  ],
  [
    'ResourceNotFoundException',
    'The task 1a2b was not found.',
    /^The task 1a2b was not found\. It was looked for in the cluster c,/,
  ],
  [
    'UnrecognizedClientException',
    'The security token is invalid.',
    /does not know the access key AKIA\..*longshore env/,
  ],
  [
    'UnknownError',
    'The reply (HTTP 200) is not one of this protocol.',
    /^The server at http:\/\/here:1 is not Longshore/,
  ],
  ['InvalidParameterException', 'As it is.', /^As it is\.$/],
])('%s', (code, message, expected) => {
  expect(answer(code, message, { cluster: 'c', service: 'web' })).toMatch(expected);
});

test('the cluster is the default one where none was named', () => {
  expect(answer('ClusterNotFoundException', 'Cluster not found.', {})).toContain('no cluster default');
});
