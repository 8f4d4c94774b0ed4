import { expect, it } from 'vitest';
import { plainText } from '../terminal/paint.ts';
import { examinationLines } from './examination-text.ts';

it('tells each file on a line, then what is wrong with which, long places on lines of their own', () => {
  const row = `row arn:aws:ecs:us-east-1:000000000000:task/default/${'d'.repeat(32)} of table tasks`;
  const examination = {
    directory: '/srv/longshore',
    isSound: false,
    files: [
      {
        file: 'store.db',
        about: '22 rows at revision 29',
        findings: [
          { where: row, what: 'its checksum does not match' },
          { where: 'batch 21', what: 'the chain of batches is broken' },
        ],
      },
      { file: 'agents/1/agent.db', about: '3 tasks of an agent', findings: [] },
    ],
  };
  expect(examinationLines(examination, plainText)).toEqual([
    '/srv/longshore',
    'FILE               STATE    WHAT',
    'store.db           damaged  22 rows at revision 29',
    'agents/1/agent.db  intact   3 tasks of an agent',
    '',
    'store.db:',
    `  ${row}:`,
    '    its checksum does not match',
    '  batch 21: the chain of batches is broken',
  ]);
});
