// What is left of containers that failed: the last lines that they wrote, by each way to fail.
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longshoreTargetPrefix } from '../../src/longshore/model.ts';
import type { DescribeDeploymentFailuresOutput, ShownTaskFailure } from '../../src/longshore/contract.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { callApi } from '../../src/wire/call-api.ts';
import { describeWithDocker } from './engine.ts';
import { shell } from './programs.ts';
import { Rig, until } from './rig.ts';

describeWithDocker('a container of a service that failed', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.up(engine, { flags: ['--healthy-after', '1s'] });
  });
  afterAll(() => rig.close());

  /** Makes a service of one such task, and answers its first failure. */
  const failureOf = async (
    name: string,
    containers: readonly Partial<ContainerDefinition>[],
  ): Promise<ShownTaskFailure> => {
    const { endpoint, region, ...credentials } = rig.access();
    const api = {
      endpoint,
      region,
      credentials,
      signingName: 'ecs',
      targetPrefix: longshoreTargetPrefix,
      clock: systemClock,
    };
    const taskDefinition = await rig.register(name, containers as ContainerDefinition[]);
    await rig.ecs.createService({ cluster: rig.name, serviceName: name, taskDefinition, desiredCount: 1 });
    const failure = await until(async () => {
      const asked = { cluster: rig.name, service: name, maxResults: 50 };
      const { failures } = await callApi<DescribeDeploymentFailuresOutput>(
        api,
        'DescribeDeploymentFailures',
        asked,
      );
      expect(failures).not.toEqual([]);
      return failures.at(-1)!;
    });
    await rig.ecs.deleteService({ cluster: rig.name, service: name, force: true });
    return failure;
  };
  const app = (command: string, more: Partial<ContainerDefinition> = {}): Partial<ContainerDefinition> => ({
    name: 'app',
    command: shell(command),
    ...more,
  });
  const counting =
    'i=1; while [ $i -le 80 ]; do echo "line $i"; i=$((i+1)); done; echo "no database"; exit 3';
  const lastOfCounting = [...Array.from({ length: 49 }, (_, at) => `line ${at + 32}`), 'no database'];

  describe.concurrent('each by itself', () => {
    it('has its last fifty lines', async () => {
      const failure = await failureOf('counting', [app(counting)]);
      expect(failure).toMatchObject({ cause: 'exit', stopCode: 'EssentialContainerExited' });
      const [container] = failure.containers;
      expect(container).toMatchObject({ name: 'app', exitCode: 3 });
      expect(container!.lastLogLines).toEqual(lastOfCounting);
    });

    it('has the lines of both of its streams', async () => {
      const failure = await failureOf('streams', [app('echo out; echo err >&2; exit 3')]);
      // The engine reads two pipes, in an order of its own.
      expect(failure.containers[0]!.lastLogLines!.toSorted()).toEqual(['err', 'out']);
    });

    it('has the lines of its terminal, even where they are JSON', async () => {
      const failure = await failureOf('tty', [
        app(`echo '{"fatal":true}'; exit 1`, { pseudoTerminal: true }),
      ]);
      expect(failure.containers[0]!.lastLogLines).toEqual(['{"fatal":true}']);
    });

    it('has the words of the engine where it never ran', async () => {
      const failure = await failureOf('broken', [{ name: 'app', command: ['/no/such/program'] }]);
      expect(failure).toMatchObject({ cause: 'start', stopCode: 'TaskFailedToStart' });
      expect(failure.startedAt).toBeUndefined();
      expect(failure.containers[0]!.reason).toMatch(/^CannotStartContainerError: .*\/no\/such\/program/s);
    });

    it('is told apart from those that were stopped because of it', async () => {
      const failure = await failureOf('pair', [
        app('sleep 1; echo gone; exit 4'),
        { name: 'beside', command: shell('echo here; trap "exit 0" TERM; sleep 1000 & wait') },
      ]);
      const [first, second] = failure.containers;
      expect(first).toMatchObject({ exitCode: 4, lastLogLines: ['gone'] });
      expect(second!.lastLogLines).toBeUndefined();
    });

    it('has its lines when it was stopped for its health', async () => {
      const failure = await failureOf('sick', [
        app('echo "cannot answer"; trap "exit 0" TERM; sleep 1000 & wait', {
          healthCheck: { command: ['CMD-SHELL', 'exit 1'], interval: 5, retries: 1, timeout: 2 },
        }),
      ]);
      expect(failure).toMatchObject({ cause: 'health', stopCode: 'ServiceSchedulerInitiated' });
      expect(failure.containers[0]!.lastLogLines).toEqual(['cannot answer']);
    });
  });
});
