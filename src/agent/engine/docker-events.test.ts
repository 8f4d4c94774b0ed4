import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { decodeEvent, followEvents } from './docker-events.ts';
import { connectDocker } from './docker-host.ts';
import type { RuntimeEvent } from './runtime.ts';

const line = (action: string, id = 'c1'): string =>
  `${JSON.stringify({ Type: 'container', Action: action, Actor: { ID: id } })}\n`;

describe('decodeEvent', () => {
  it.each([
    ['start', 'start'],
    ['die', 'die'],
    ['oom', 'oom'],
    ['health_status: healthy', 'health_status'],
  ])('reads %s', (text, action) => {
    expect(decodeEvent(line(text))).toEqual({ containerId: 'c1', action });
  });

  it('reads with which exit code a container died', () => {
    const died = { Type: 'container', Action: 'die', Actor: { ID: 'c1', Attributes: { exitCode: '137' } } };
    expect(decodeEvent(JSON.stringify(died))).toEqual({ containerId: 'c1', action: 'die', exitCode: 137 });
  });

  it.each(['exec_start: true', 'stop', ''])('passes over %j', (text) => {
    expect(decodeEvent(line(text))).toBeUndefined();
  });

  it('passes over a line that was cut short', () => {
    expect(decodeEvent(line('start').slice(0, 20))).toBeUndefined();
    expect(decodeEvent('{"Action":"start"}')).toBeUndefined();
  });
});

describe('followEvents', () => {
  const streams: ServerResponse[] = [];
  const queries: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    queries.push(new URL(request.url ?? '', 'http://engine').searchParams);
    response.writeHead(200).flushHeaders();
    streams.push(response);
  });
  let clock: VirtualClock;
  let events: RuntimeEvent[];
  let gaps: number;
  let breaks: number;
  let end: () => void;

  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const hangUp = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  const waitFor = (condition: () => boolean): Promise<void> =>
    vi.waitFor(
      () => {
        if (!condition()) throw new Error('not yet');
      },
      { interval: 5, timeout: 5_000 },
    );

  let port: number;
  beforeEach(async () => {
    port = await listen(0);
    [clock, events, gaps, breaks] = [new VirtualClock(), [], 0, 0];
    end = followEvents(
      { docker: connectDocker(`tcp://127.0.0.1:${port}`), clock, random: seededRandom(1), log: silentLog },
      (event) => events.push(event),
      () => gaps++,
      () => breaks++,
    );
    await waitFor(() => gaps === 1);
  });
  afterEach(async () => {
    end();
    await hangUp();
    streams.length = 0;
    queries.length = 0;
  });

  it('asks for the containers of tasks only', () => {
    expect(JSON.parse(queries[0]?.get('filters') ?? '')).toEqual({
      type: ['container'],
      label: ['com.amazonaws.ecs.task-arn'],
      event: ['start', 'die', 'oom', 'health_status'],
    });
  });

  it('puts lines together that arrive in pieces', async () => {
    const text = line('start', 'a') + line('die', 'b');
    streams[0]?.write(text.slice(0, 70));
    await waitFor(() => events.length > 0 || streams[0]?.writableLength === 0);
    streams[0]?.write(text.slice(70));
    await waitFor(() => events.length === 2);
    expect(events).toEqual([
      { containerId: 'a', action: 'start' },
      { containerId: 'b', action: 'die' },
    ]);
  });

  it('opens the stream again when it ends, and says that events may be missing', async () => {
    streams[0]?.end();
    await waitFor(() => clock.nextAt() !== undefined);
    expect([gaps, breaks]).toEqual([1, 1]);
    await clock.advance(1_000);
    await waitFor(() => gaps === 2);
    streams[1]?.write(line('oom'));
    await waitFor(() => events.length === 1);
  });

  it('keeps trying, less and less often, while the engine is away', async () => {
    await hangUp();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      await waitFor(() => clock.nextAt() !== undefined);
      const delay = clock.nextAt()! - clock.now();
      delays.push(delay);
      await clock.advance(delay);
    }
    expect(delays[0]).toBeLessThanOrEqual(120);
    expect(delays[8]).toBeGreaterThanOrEqual(8_000);
    await waitFor(() => clock.nextAt() !== undefined);
    await listen(port);
    await clock.advance(12_000);
    await waitFor(() => gaps === 2);
  });

  it('ends for good when told to', async () => {
    const closed = once(streams[0]!, 'close');
    end();
    await closed;
    await clock.advance(60_000);
    expect(clock.nextAt()).toBeUndefined();
    expect(streams).toHaveLength(1);
  });

  it('ends for good while it waits to try again', async () => {
    streams[0]?.destroy();
    await waitFor(() => clock.nextAt() !== undefined);
    end();
    expect(clock.nextAt()).toBeUndefined();
  });
});
