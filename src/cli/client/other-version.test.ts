import { expect, test } from 'vitest';
import { otherVersionText } from './other-version.ts';

const lacks = 'the operation ExplainService';
const what =
  'The server at http://here:1 does not have the operation ExplainService, which this command needs';

test.each([
  [
    '0.9.0',
    `${what}: it is Longshore 0.9.0, and this is 0.10.0. Update the server, or use the command of its version.`,
  ],
  ['1.0.0', `${what}: it is Longshore 1.0.0, which is newer than this, 0.10.0. Update this command.`],
  ['0.10.0', `${what}: it is an older build of Longshore 0.10.0. Update the server.`],
  [undefined, `${what}: it is not Longshore, or another version of it than this one, 0.10.0.`],
])('of a server of version %s', (theirs, expected) => {
  expect(otherVersionText('http://here:1', lacks, theirs, '0.10.0')).toBe(expected);
});
