// Whether the page of EC2 lists the operations that are served.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ec2Model } from '../../src/aws/ec2/shapes.generated.ts';

test('docs/ec2.md lists every operation that is served, and no other', () => {
  const page = readFileSync(new URL('../../docs/ec2.md', import.meta.url), 'utf8');
  const [, section = ''] = page.split('## Operations\n');
  const [rows = ''] = section.split('\n## ');
  const listed = [...rows.matchAll(/\b(?:[A-Z][a-z0-9]+){2,}\b/g)].map(([name]) => name);
  expect(new Set(listed)).toEqual(new Set(Object.keys(ec2Model.operations)));
});
