// `longshore doctor` and starts on directories of which something was lost, as processes.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAgentState } from '../../src/agent/state.ts';
import { longshore, longshoreInterrupted, longshoreWith } from './longshore-command.ts';

let root: string;
/** What `server` left after a first start, with the state of an agent beside. */
let sound: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'doctor-'));
  sound = join(root, 'sound');
  const { code } = await longshoreInterrupted(/is ready at/, 'server', '--data', sound, '--port', '0');
  expect(code).toBe(0);
  mkdirSync(join(sound, 'agents', '1'), { recursive: true });
  openAgentState(join(sound, 'agents', '1', 'agent.db')).close();
});
afterAll(() => rmSync(root, { recursive: true }));

/** A copy to be spoilt. */
function copy(name: string): string {
  const directory = join(root, name);
  cpSync(sound, directory, { recursive: true });
  return directory;
}

function flipIn(directory: string, file: string, text: string): void {
  const path = join(directory, file);
  const bytes = readFileSync(path);
  bytes[bytes.indexOf(text)]! ^= 1;
  writeFileSync(path, bytes);
}

describe('longshore doctor', () => {
  it('finds an intact directory intact', async () => {
    const { code, stdout } = await longshore('doctor', sound);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[1]).toBe('FILE               STATE   WHAT');
    expect(lines.slice(2).map((line) => line.split(/ {2,}/).slice(0, 2).join(' '))).toEqual([
      'store.db intact',
      'master.key intact',
      'access.json intact',
      'agents/1/agent.db intact',
      '',
    ]);
    expect(Math.max(...lines.slice(1).map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('tells what is wrong and where, as a start does, and makes it fit for a start when told to', async () => {
    const data = copy('damaged');
    flipIn(data, 'store.db', '"Active"');
    const start = await longshore('server', '--data', data, '--port', '0');
    expect([start.code, start.stdout]).toEqual([1, '']);
    expect(start.stderr).toMatch(
      /^The state in .*damaged is damaged: store\.db, row AKIA\w+ of table access-keys: its checksum does not match\. .*longshore doctor/,
    );
    const found = await longshore('doctor', '--data', data, '--json');
    expect(found.code).toBe(3);
    expect(JSON.parse(found.stdout)).toMatchObject({
      isSound: false,
      files: [
        {
          file: 'store.db',
          findings: [{ where: expect.stringMatching(/^row AKIA\w+ of table access-keys$/) }],
        },
        { file: 'master.key', findings: [] },
        { file: 'access.json', findings: [] },
        { file: 'agents/1/agent.db', findings: [] },
      ],
    });
    const repaired = await longshore('doctor', data, '--repair');
    expect(repaired.code).toBe(0);
    expect(repaired.stdout).toMatch(
      /store\.db was rebuilt from \d+ intact rows, .* the damaged files are in damaged-1\./,
    );
    const again = await longshoreInterrupted(/is ready at/, 'server', '--data', data, '--port', '0');
    expect(again).toMatchObject({ code: 0, stderr: '' });
  });

  it('looks at bulk data and at the registry too', async () => {
    const data = copy('bulk');
    mkdirSync(join(data, 'bulk'));
    writeFileSync(join(data, 'bulk', 'logs.db'), 'no database at all');
    const digest = '0'.repeat(64);
    const link = `registry/data/docker/registry/v2/repositories/app/_layers/sha256/${digest}`;
    mkdirSync(join(data, link), { recursive: true });
    writeFileSync(join(data, link, 'link'), `sha256:${digest}`);
    const found = await longshore('doctor', data, '--json');
    expect([found.code, JSON.parse(found.stdout)]).toMatchObject([
      3,
      {
        files: expect.arrayContaining([
          expect.objectContaining({ file: 'bulk/logs.db', findings: [expect.anything()] }),
          expect.objectContaining({ file: 'registry', about: '0 manifests and 1 layers of images' }),
        ]),
      },
    ]);
    const repaired = await longshore('doctor', data, '--repair');
    expect([repaired.code, repaired.stdout]).toEqual([
      3,
      expect.stringMatching(
        /bulk\/logs\.db was moved to bulk\/logs\.db\.damaged[^]*registry was left as it is/,
      ),
    ]);
    const again = await longshore('doctor', data, '--json');
    expect(JSON.parse(again.stdout).files.map(({ file }: { file: string }) => file)).not.toContain(
      'bulk/logs.db',
    );
  });

  it('says when there is nothing to look at', async () => {
    const { code, stderr } = await longshore('doctor', root);
    expect([code, stderr]).toEqual([
      1,
      `There is no state of a server or an agent in ${root}: give another directory.\n`,
    ]);
  });
});

describe('a start on a directory whose master key', () => {
  const refusedStart = async (data: string) => {
    const { code, stdout, stderr } = await longshore('server', '--data', data, '--port', '0');
    expect([code, stdout]).toEqual([1, '']);
    return stderr;
  };

  it('is missing says so and loses nothing', async () => {
    const data = copy('no-key');
    rmSync(join(data, 'master.key'));
    expect(await refusedStart(data)).toBe(
      `${join(data, 'master.key')} is missing, the key that secrets in the state are sealed with. Nothing was changed. ` +
        'Restore master.key from a backup of the directory.\n',
    );
    cpSync(join(sound, 'master.key'), join(data, 'master.key'));
    const again = await longshoreInterrupted(/is ready at/, 'server', '--data', data, '--port', '0');
    expect(again).toMatchObject({ code: 0, stderr: '' });
  });

  it('is another says so', async () => {
    const data = copy('other-key');
    writeFileSync(join(data, 'master.key'), `${'0'.repeat(64)}\n`);
    expect(await refusedStart(data)).toContain('is not the key that secrets in the state are sealed with.');
  });
});

describe('a start on a directory whose state is gone', () => {
  it('is refused, and begins anew with --new', async () => {
    const data = copy('gone');
    rmSync(join(data, 'store.db'));
    rmSync(join(data, 'store.mark'));
    const before = readFileSync(join(data, 'access.json'), 'utf8');
    const refused = await longshore('up', '--no-agent', '--data', data, '--port', '0');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(
      /was in use before \(access\.json, agents\/1\/agent\.db\), and its state is gone: store\.db is missing\. .*--new/,
    );
    expect(readFileSync(join(data, 'access.json'), 'utf8')).toBe(before);
    const examined = await longshore('doctor', '--data', data);
    expect([examined.code, examined.stdout.trim().split('\n').at(-1)]).toEqual([
      3,
      'Restore a backup of the directory. Without a backup there is nothing to keep: start the server with --new.',
    ]);
    const begun = await longshoreInterrupted(
      /is ready at/,
      'up',
      '--no-agent',
      '--new',
      '--data',
      data,
      '--port',
      '0',
    );
    expect(begun.code).toBe(0);
    expect(readFileSync(join(data, 'access.json'), 'utf8')).not.toBe(before);
  });
});

describe('longshore agent', () => {
  const settings = {
    ECS_BACKEND_HOST: 'http://127.0.0.1:9',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x',
    LONGSHORE_INTROSPECTION_PORT: '0',
  };

  it('ends with 5 and a sentence while another agent has its directory', async () => {
    const directory = join(sound, 'agents', '1');
    const state = openAgentState(join(directory, 'agent.db'));
    const { code, stderr } = await longshoreWith({ ...settings, ECS_DATADIR: directory }, 'agent');
    state.close();
    expect([code, stderr]).toEqual([
      5,
      `Another agent${process.platform === 'linux' ? ` (pid ${process.pid})` : ''} is using ${join(directory, 'agent.db')}: stop it, or give this one a data directory of its own with ECS_DATADIR.\n`,
    ]);
  });

  it('ends with 5 and a sentence where its directory cannot be made', async () => {
    const inFile = join(sound, 'access.json', 'agent');
    const { code, stderr } = await longshoreWith({ ...settings, ECS_DATADIR: inFile }, 'agent');
    expect(code).toBe(5);
    expect(stderr).toBe(
      `The directory ${inFile} cannot be made: ${join(sound, 'access.json')}, above it: a file has that name. ` +
        'Give the agent another with ECS_DATADIR.\n',
    );
  });
});
