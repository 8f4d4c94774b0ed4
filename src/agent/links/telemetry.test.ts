import { expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer, payloadTaskArn } from '../../../test-support/builders/a-payload-task.ts';
import { healthPages, metricsPages, metricsRequest } from './telemetry.ts';

const metadata = { cluster: 'c', containerInstance: 'i', messageId: 'm' };
const running = (name: string) =>
  aKnownTask({ arn: payloadTaskArn(name) }, { main: { stage: 'RUNNING', startedAt: 5000 } });

test('an instance without running containers is idle', () => {
  const pages = metricsPages([aKnownTask()]);
  expect(pages).toEqual([[]]);
  expect(metricsRequest(metadata, [], true, 7)).toEqual({
    metadata: { ...metadata, idle: true, fin: true },
    timestamp: 7,
  });
});

test('running tasks go ten to a message, by name and without invented figures', () => {
  const pages = metricsPages(Array.from({ length: 23 }, (_, at) => running(`t${at}`)));
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(pages[0]?.[0]).toEqual({
    taskArn: payloadTaskArn('t0'),
    taskDefinitionFamily: 'web',
    taskDefinitionVersion: '3',
    containerMetrics: [{ containerName: 'main' }],
  });
});

test('health is told of running containers with a check, UNKNOWN until the engine knows', () => {
  const containers = [aPayloadContainer({ healthCheckType: 'docker' }), aPayloadContainer({ name: 'plain' })];
  const main = { stage: 'RUNNING', startedAt: 5000 } as const;
  const unknown = aKnownTask({ containers }, { main, plain: main });
  expect(healthPages([unknown])[0]?.[0]?.containers).toEqual([
    { containerName: 'main', healthStatus: 'UNKNOWN', statusSince: 5 },
  ]);
  const sick = aKnownTask(
    { containers },
    { main: { ...main, health: { status: 'UNHEALTHY', since: 9000 } } },
  );
  expect(healthPages([sick])[0]?.[0]?.containers).toEqual([
    { containerName: 'main', healthStatus: 'UNHEALTHY', statusSince: 9 },
  ]);
  expect(healthPages([running('plain')])).toEqual([]);
});
