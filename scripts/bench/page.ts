// docs/benchmarks.md: what was found, on what machine, by which command. Pure.
import { isMet, type Figure, type Finding } from './benchmark.ts';
import type { Machine } from './machine.ts';

/** The page, as Markdown. */
export function renderPage(machine: Machine, findings: readonly Finding[], command: string): string {
  return `${[
    '# Benchmarks',
    `Written by \`${command}\`: run it to measure your own machine. What is compared was measured in one run, in turns. A ` +
      'ratio or difference is the median of those of the rounds; the values beside it are medians too. The halves are ' +
      'what the earlier and the later rounds alone come to. The load below says whether others used the machine too.',
    renderMachine(machine),
    ...findings.map(renderFinding),
  ].join('\n\n')}\n`;
}

function renderMachine(machine: Machine): string {
  return table(
    ['Machine', ''],
    [
      ['CPU', `${machine.cpu}, ${machine.cores} cores`],
      ['Memory', `${machine.memoryGiB} GiB`],
      ['Disk', `${machine.fsyncMs} ms to have 4 KiB on it for good (write, fsync)`],
      ['Kernel', machine.kernel],
      ['Node', machine.node],
      ['Docker', machine.docker],
      ['Longshore', `commit ${machine.commit}`],
      ['Date', machine.date],
      ['Load before the run', String(machine.load)],
    ],
  );
}

function renderFinding({ name, about, figures }: Finding): string {
  const rows = figures.map((figure) => [
    figure.what,
    comparedText(figure),
    targetText(figure),
    quantity(figure.longshore, figure),
    figure.reference ? `${quantity(figure.reference.value, figure)} (${figure.reference.what})` : '',
    figure.certainty ?? '',
  ]);
  const heads = ['', 'Compared', 'Target', 'Longshore', 'Reference', 'Measured'];
  return `## ${name}\n\n${about}\n\n${table(heads, rows)}`;
}

/** E.g. `1.09 ×`, or `+640 ms`; empty where nothing is compared. */
export function comparedText({ compared, unit }: Figure): string {
  if (compared === undefined) return '';
  if (compared.as === 'ratio') return `${compared.value.toFixed(2)} ×`;
  return `${compared.value < 0 ? '' : '+'}${quantity(compared.value, { unit })}`;
}

/** E.g. `at most 1.2 ×: met`; empty without a target. */
export function targetText(figure: Figure): string {
  const { target, compared, unit } = figure;
  if (target === undefined) return '';
  const [word, bound] = 'max' in target ? ['at most', target.max] : ['at least', target.min];
  const text = compared?.as === 'ratio' ? `${bound} ×` : quantity(bound, { unit });
  return `${word} ${text}: ${isMet(figure) === true ? 'met' : '**missed**'}`;
}

/** Three digits or more, in groups of thousands, with the unit. */
export function quantity(value: number, { unit }: Pick<Figure, 'unit'>): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits)).toLocaleString('en')} ${unit}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
