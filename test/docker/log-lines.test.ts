// The last lines of a container, as the runtime reads them from the engine: by log driver, stream and terminal.
import { afterAll, expect, it } from 'vitest';
import { dockerRuntime } from '../../src/agent/engine/docker.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { hexId } from '../../src/lib/ids.ts';
import { silentLog } from '../../src/lib/log.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { describeWithDocker, removeContainers, testImage } from './engine.ts';
import { until } from './rig.ts';

describeWithDocker('the last lines of a container', ({ host, docker }) => {
  const label = `longshore-test=${hexId(systemRandom, 8)}`;
  const runtime = dockerRuntime({ host, clock: systemClock, random: systemRandom, log: silentLog });

  afterAll(() => removeContainers(docker, label));

  /** Runs a shell's line to its end; answers the container's id. */
  const ended = async (
    line: string,
    hostConfig: Record<string, unknown>,
    config: Record<string, unknown> = {},
  ): Promise<string> => {
    const [key, value] = label.split('=');
    const { id } = await runtime.create({
      name: `lines-${hexId(systemRandom, 8)}`,
      image: testImage,
      config: { Cmd: ['sh', '-c', line], Labels: { [key!]: value }, ...config },
      hostConfig,
    });
    await runtime.start(id);
    await until(async () => expect((await runtime.inspect(id))?.status).toBe('exited'));
    return id;
  };
  const driver = (Type: string) => ({ LogConfig: { Type, Config: {} } });
  const counting = 'i=1; while [ $i -le 80 ]; do echo "line $i"; i=$((i+1)); done';
  const last = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `line ${at + 81 - count}`);

  it.each(['json-file', 'local'])('are read from %s', async (type) => {
    const id = await ended(counting, driver(type));
    expect(await runtime.lastLogLines(id, 50)).toEqual(last(50));
    expect(await runtime.lastLogLines(id, 1)).toEqual(last(1));
  });

  it('are those of stderr too, and of a terminal', async () => {
    expect(await runtime.lastLogLines(await ended('echo no >&2', driver('json-file')), 50)).toEqual(['no']);
    const terminal = await ended(counting, driver('json-file'), { Tty: true });
    expect(await runtime.lastLogLines(terminal, 50)).toEqual(last(50));
  });

  it('are none where it wrote none', async () => {
    expect(await runtime.lastLogLines(await ended('true', driver('json-file')), 50)).toEqual([]);
  });

  it('are cut short where they have no end', async () => {
    const endless = 'i=0; while [ $i -lt 3000 ]; do printf "%01000d" 1; i=$((i+1)); done';
    const lines = await runtime.lastLogLines(await ended(endless, driver('json-file')), 50);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.length).toBeLessThan(2 ** 20);
  });

  it('are refused where the driver cannot be read', async () => {
    const id = await ended('echo secret', driver('none'));
    await expect(runtime.lastLogLines(id, 50)).rejects.toThrow(/does not support reading/);
    await expect(runtime.lastLogLines('gone', 50)).rejects.toThrow(/No such container/);
  });
});
