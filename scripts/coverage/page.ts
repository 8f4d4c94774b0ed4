// docs/coverage.md: what the tests show, operation by operation. Pure.
import type { ServiceCoverage, ServedOperation } from './service-coverage.ts';
import type { Behaviour, Coverage, OperationCoverage, Seen, State } from './coverage.ts';

/** The command that writes the page. */
export const pageCommand = 'npm run coverage-page';

/** The page, as Markdown: ECS operation by operation, of other services the sums and what is missing. */
export function renderPage(coverage: Coverage, others: readonly ServiceCoverage[]): string {
  return `${[
    '# Coverage of the ECS API',
    `Written by \`${pageCommand}\` from a run of the tests in \`test/wire\`, which put requests through the whole server; ` +
      '`npm test` refuses a page that differs. A behaviour is listed when the test of that name passed and called the ' +
      'operation. An exception is shown when the operation answered it in a test that passed; which ones there are to be ' +
      'shown is what the AWS SDK documents for the operation. An operation is *answered* when a test saw it succeed, ' +
      '*refused by name* when a test saw it answer `UnsupportedFeatureException`. `ServerException` says that Longshore itself ' +
      'is at fault: no test should ever see it.',
    renderTotals(coverage),
    renderSummary(coverage.operations),
    ...coverage.operations.map(renderOperation),
    '## All operations alike',
    'Signatures, the protocol, throttling, pages, and what holds across operations.',
    renderBehaviours(coverage.general),
    ...(others.length > 0 ? [renderServices(others)] : []),
  ].join('\n\n')}\n`;
}

const stateTexts: Readonly<Record<State, string>> = {
  answered: 'answered',
  refused: 'refused by name',
  unshown: '**no success shown**',
};

function renderTotals({ operations, general }: Coverage): string {
  const having = (state: State): number => operations.filter((each) => each.state === state).length;
  const own = operations.filter(({ state }) => state !== 'refused').map((each) => each.own);
  return table(
    ['In all', ''],
    [
      ['Operations of the model', String(operations.length)],
      ['Answered', String(having('answered'))],
      ['Refused by name', String(having('refused'))],
      ['Without a success that a test shows', String(having('unshown'))],
      ['Behaviours shown, of single operations', thousands(sum(operations.map(testsOf)))],
      ['Behaviours shown, of all operations alike', thousands(testCount(general))],
      [
        'Exceptions of their own that answered operations document: shown',
        ofAll({ seen: own.flatMap(({ seen }) => seen), unseen: own.flatMap(({ unseen }) => unseen) }),
      ],
    ],
  );
}

function renderSummary(operations: readonly OperationCoverage[]): string {
  return table(
    ['Operation', 'State', 'Behaviours', 'Own exceptions shown', 'Common exceptions shown'],
    operations.map((operation) => [
      `[${operation.name}](#${operation.name.toLowerCase()})`,
      stateTexts[operation.state],
      String(testsOf(operation)),
      operation.state === 'refused' ? '' : ofAll(operation.own),
      operation.state === 'refused' ? '' : ofAll(operation.common),
    ]),
  );
}

function renderOperation(operation: OperationCoverage): string {
  const { name, state, behaviours, own, common, others } = operation;
  const heading = `## ${name}`;
  if (state === 'refused') return `${heading}\n\nRefused by name.`;
  const lines = [
    ...exceptionLines('Exceptions of its own', own),
    ...exceptionLines('Common exceptions', common),
    ...(others.length > 0 ? [`- Seen besides: ${codeList(others)}`] : []),
  ];
  const verdict = state === 'answered' ? 'Answered.' : 'No test saw it succeed.';
  return [
    heading,
    verdict,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    renderBehaviours(behaviours),
  ].join('\n\n');
}

const exceptionLines = (what: string, { seen, unseen }: Seen): readonly string[] => [
  ...(seen.length > 0 ? [`- ${what}, shown: ${codeList(seen)}`] : []),
  ...(unseen.length > 0 ? [`- ${what}, shown by no test: ${codeList(unseen)}`] : []),
];

function renderBehaviours(behaviours: readonly Behaviour[]): string {
  const count = testCount(behaviours);
  if (count === 0) return 'No behaviour is shown.';
  const items = behaviours.map(
    ({ text, tests }) => `- ${escaped(text)}${tests > 1 ? ` (${tests} tests)` : ''}`,
  );
  const summary = `<summary>${count === 1 ? '1 behaviour' : `${thousands(count)} behaviours`}</summary>`;
  return ['<details>', `${summary}\n`, ...items, '', '</details>'].join('\n');
}

function renderServices(services: readonly ServiceCoverage[]): string {
  const heads = ['Service', 'Operations served', 'With a success shown', 'Exceptions documented: shown'];
  const rows = services.map(({ title, operations, inModel }) => [
    `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`,
    `${operations.length} of ${inModel}`,
    String(operations.filter(({ succeeds }) => succeeds).length),
    ofAll({
      seen: operations.flatMap(({ seen }) => seen),
      unseen: operations.flatMap(({ unseen }) => unseen),
    }),
  ]);
  return [
    '# Other services',
    'The same of the services around ECS, from the tests in the folder of each. What is not served is refused by name.',
    table(heads, rows),
    ...services.map(renderService),
  ].join('\n\n');
}

const renderService = ({ title, operations }: ServiceCoverage): string =>
  [
    `## ${title}`,
    table(
      ['Operation', 'Success', 'Errors shown', 'Documented, shown by no test'],
      operations.map(serviceRow),
    ),
  ].join('\n\n');

const serviceRow = ({ name, succeeds, errors, unseen }: ServedOperation): readonly string[] => [
  name,
  succeeds ? 'shown' : '**not shown**',
  errors.length === 0 ? '–' : codeList(errors),
  unseen.length === 0 ? '–' : codeList(unseen),
];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const testCount = (behaviours: readonly Behaviour[]): number => sum(behaviours.map(({ tests }) => tests));
const testsOf = ({ behaviours }: OperationCoverage): number => testCount(behaviours);
const thousands = (count: number): string => count.toLocaleString('en');
const ofAll = ({ seen, unseen }: Seen): string =>
  seen.length + unseen.length === 0 ? '–' : `${seen.length} of ${seen.length + unseen.length}`;
const codeList = (codes: readonly string[]): string => codes.map((code) => `\`${code}\``).join(', ');

/** On one line, and none of it taken for Markdown or HTML. */
export const escaped = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(
      /[\p{Cc}\p{Cf}]/gu,
      (character) => `U+${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
    )
    .replace(/[\\`*_[\]<>|#~&]/g, String.raw`\$&`)
    .trim();

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
