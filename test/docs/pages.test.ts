// The pages that people read say what the code says: settings, operations, rooms, and links that lead somewhere.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms } from '../../scripts/lint/rooms.ts';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { longshoreOperations } from '../../src/longshore/api.ts';
import { environmentName, settingNames } from '../../src/cli/settings.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The lines from a heading to the next one. */
function section(path: string, heading: string): readonly string[] {
  const lines = text(path).split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`${path} has no ${heading}`);
  const end = lines.findIndex((line, at) => at > start && line.startsWith('#'));
  return lines.slice(start + 1, end === -1 ? undefined : end);
}

/** The rows of the tables in some lines, without their heads; a cell is trimmed text. */
const rows = (lines: readonly string[]): readonly (readonly string[])[] =>
  lines
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
    .filter((_, at, all) => at > 1 || !all[1]?.every((cell) => /^-+$/.test(cell)));

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

describe('the settings of docs/command-line.md', () => {
  const shown = rows(section('docs/command-line.md', '## Settings'));
  const help = ['up', 'server'].map((command) =>
    execFileSync(process.execPath, [join(root, 'src/cli/main.ts'), command, '--help'], { encoding: 'utf8' }),
  );

  it('are those that there are, each once', () => {
    expect(shown.map(([, , name]) => quoted(name!)[0]!).sort()).toEqual(settingNames.toSorted());
  });

  it.each(shown)('%s has its flag and its variable', (flag, variable, name) => {
    expect(quoted(variable!)).toEqual(flag === '' ? [] : [environmentName(quoted(name!)[0]!)]);
    for (const one of quoted(flag!)) expect(help.join()).toContain(`  ${one} `);
  });
});

describe('the operations of docs/api.md', () => {
  it('of ECS are those that are built', () => {
    const [list = ''] = section('docs/api.md', '## Operations').join(' ').split('. All others');
    expect(list.match(/[A-Z]\w+/g)?.sort()).toEqual(builtOperations.toSorted());
  });

  it("of Longshore's own are those that there are", () => {
    const shown = rows(section('docs/api.md', "## Longshore's own API")).map(([name]) => name!);
    expect(shown.sort()).toEqual(longshoreOperations.toSorted());
  });
});

describe.each(['docs/architecture.md', 'CONTRIBUTING.md'])('the rooms of %s', (path) => {
  const table = rows(section(path, '## Rooms'));
  const shown = table.flatMap((row) =>
    quoted(row[0]!).map((name) => [name.replace(/\/$/, ''), row.at(-1)!] as const),
  );

  it('are all that there are', () => {
    expect([...new Set(shown.map(([room]) => room))].sort()).toEqual(Object.keys(rooms).sort());
  });

  it.each(shown)('%s may import what the lint lets it: %s', (room, imports) => {
    const named = imports
      .replaceAll(/\([^)]*\)/g, '')
      .split(/[;:]/)[0]!
      .split(',')
      .map((one) => one.trim());
    const allowed = rooms[room]!;
    const expected = allowed === 'all' ? ['all'] : allowed.length === 0 ? ['nothing'] : allowed.toSorted();
    expect(named.sort()).toEqual(expected);
  });
});

const pages = readdirSync(join(root, 'docs')).map((name) => `docs/${name}`);

it('are all in the index', () => {
  const listed = [...text('docs/README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => `docs/${target}`);
  expect(listed.sort()).toEqual(pages.filter((page) => page !== 'docs/README.md').sort());
});

describe('links', () => {
  /** As GitHub makes them of headings. */
  const anchors = (path: string): readonly string[] =>
    [...text(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
  const linked = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...pages.filter((page) => !page.endsWith('coverage.md')),
  ];

  it.each(linked)('of %s lead somewhere', (path) => {
    for (const [, target = ''] of text(path).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const there = file === '' ? path : join(dirname(path), file);
      expect(
        [...pages, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
        `${basename(path)}: ${target}`,
      ).toContain(there);
      if (anchor !== undefined) expect(anchors(there), `${basename(path)}: ${target}`).toContain(anchor);
    }
  });
});
