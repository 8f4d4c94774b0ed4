import { describe, expect, it } from 'vitest';
import type { OperationCoverage } from './coverage.ts';
import { escaped, renderPage } from './page.ts';

const nothing = { seen: [], unseen: [] };
const anOperation = (over: Partial<OperationCoverage>): OperationCoverage => ({
  name: 'RunTask',
  state: 'answered',
  behaviours: [],
  own: nothing,
  common: nothing,
  others: [],
  ...over,
});

describe('the page', () => {
  const page = renderPage(
    {
      operations: [
        anOperation({
          behaviours: [
            { text: 'starts', tests: 1 },
            { text: 'refuses', tests: 2 },
          ],
          own: { seen: ['BlockedException'], unseen: ['ConflictException'] },
          others: ['ThrottlingException'],
        }),
        anOperation({ name: 'CreateDaemon', state: 'refused', own: { seen: [], unseen: ['XException'] } }),
        anOperation({ name: 'StopTask', state: 'unshown' }),
      ],
      general: [{ text: 'any request', tests: 1 }],
    },
    [
      {
        title: 'KMS',
        inModel: 50,
        operations: [
          { name: 'CreateKey', succeeds: true, errors: ['TagException'], seen: ['TagException'], unseen: [] },
          { name: 'Decrypt', succeeds: false, errors: [], seen: [], unseen: ['DisabledException'] },
        ],
      },
    ],
  );

  it('sums up other services, and says what is missing', () => {
    expect(page).toContain('| [KMS](#kms) | 2 of 50 | 1 | 1 of 2 |');
    expect(page).toContain('| CreateKey | shown | `TagException` | – |');
    expect(page).toContain('| Decrypt | **not shown** | – | `DisabledException` |');
  });

  it('sums up, without what refused operations would have', () => {
    expect(page).toContain('| Operations of the model | 3 |\n| Answered | 1 |\n| Refused by name | 1 |');
    expect(page).toContain('| Without a success that a test shows | 1 |');
    expect(page).toContain('| Behaviours shown, of single operations | 3 |');
    expect(page).toMatch(/document: shown \| 1 of 2 \|/);
  });

  it('has a row and a section for each operation', () => {
    expect(page).toContain('| [RunTask](#runtask) | answered | 3 | 1 of 2 | – |');
    expect(page).toContain('- Exceptions of its own, shown by no test: `ConflictException`');
    expect(page).toContain('- Seen besides: `ThrottlingException`');
    expect(page).toContain('<summary>3 behaviours</summary>\n\n- starts\n- refuses (2 tests)\n\n</details>');
    expect(page).toContain('## CreateDaemon\n\nRefused by name.\n');
    expect(page).toContain('## StopTask\n\nNo test saw it succeed.\n\nNo behaviour is shown.');
    expect(page).toContain('<summary>1 behaviour</summary>\n\n- any request\n');
  });
});

describe('a title on the page', () => {
  it.each([
    ['a  b\nc ', 'a b c'],
    ['<b>|*x*_y_', String.raw`\<b\>\|\*x\*\_y\_`],
    ['a\u0000b\u200bc', 'aU+0000bU+200bc'],
    ['é [1](2) #3', String.raw`é \[1\](2) \#3`],
  ])('%j', (text, shown) => {
    expect(escaped(text)).toBe(shown);
  });
});
