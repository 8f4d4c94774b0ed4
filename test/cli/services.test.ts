// deploy, watch, wait, ps, events and explain as people run them, against a server whose instances are simulated.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { longshore, longshoreInterrupted, type Finished } from './longshore-command.ts';
import { ServiceHarness } from './service-harness.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** The machine may be busy with other tests. */
const pollOptions = { timeout: 40_000, interval: 50 };

const harness = new ServiceHarness();
beforeAll(() => harness.open());
afterAll(() => harness.close());

const run = (...args: string[]): Promise<Finished> => longshore(...args, '--data', harness.data);
const lines = ({ stdout }: Finished): string[] => stdout.trimEnd().split('\n');
const objects = (finished: Finished) =>
  lines(finished).map((line) => JSON.parse(line) as Record<string, unknown>);
const breaker = (rollback: boolean) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } },
});
/** A service that is stable with `good:1`. */
async function aService(serviceName: string, rollback = false): Promise<void> {
  const service = { serviceName, taskDefinition: 'good:1', desiredCount: 2, ...breaker(rollback) };
  await harness.ecs.createService(service);
  await vi.waitFor(async () => {
    const { services } = await harness.ecs.describeServices({ services: [serviceName] });
    expect(services![0]!.deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }]);
  }, pollOptions);
}
const definitionOf = async (name: string): Promise<string> => {
  const { services } = await harness.ecs.describeServices({ services: [name] });
  return services![0]!.taskDefinition!.split('/').at(-1)!;
};

describe('longshore deploy', () => {
  test('puts another image in, and tells each step until it is there', async () => {
    await aService('shop');
    const deployed = await run('deploy', 'shop', '--image', 'app=good:next', '--wait');
    expect(deployed).toMatchObject({ code: 0, stderr: '' });
    const told = lines(deployed);
    const definition = await definitionOf('shop');
    expect(told[0]).toMatch(
      new RegExp(`^shop: good:1 -> ${definition}, deployment ecs-svc/\\d+ has started\\.$`),
    );
    expect(told[1]).toBe('  app: good:1 -> good:next');
    expect(told[2]).toContain('once it has run for 0.5 s (--healthy-after of the server)');
    expect(told.some((line) => line.endsWith('deployment completed.'))).toBe(true);
    expect(told.at(-1)).toBe(`shop is stable: 2 of 2 tasks running ${definition}.`);
    const counts = told.filter((line) => / {2}deployment {2}/.test(line));
    expect(new Set(counts.map((line) => line.indexOf('  desired '))).size).toBe(1);
    expect(counts.at(-1)).toMatch(/PRIMARY .* COMPLETED +desired 2 {2}running 2 {2}pending 0 {2}failed 0$/);
  });

  test('changes nothing where all is so already, and deploys it again by force', async () => {
    await aService('same');
    const first = await run('deploy', 'same', '--image', 'app=good:1');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was changed') });
    const second = await run('deploy', 'same', '--task-definition', 'good:1');
    expect(second.stdout).toContain('nothing was changed');
    const forced = await run('deploy', 'same', '--force', '--wait', '--json');
    expect(forced.code).toBe(0);
    expect(objects(forced)[0]).toHaveProperty('service.serviceName', 'same');
    expect(objects(forced).at(-1)).toMatchObject({ what: 'end', outcome: 'succeeded', status: 'SUCCESSFUL' });
    expect(await definitionOf('same')).toBe('good:1');
  });

  test('exits with 3 where it was rolled back, and says how the tasks failed', async () => {
    await aService('back', true);
    const { services } = await harness.ecs.describeServices({ services: ['back'] });
    const deployed = await run('deploy', services![0]!.serviceArn!, '--task-definition', 'bad', '--wait');
    expect(deployed.code).toBe(3);
    expect(deployed.stderr).toContain(
      'back was rolled back to good:1: ECS deployment circuit breaker: tasks failed to start.',
    );
    // The rollback may begin and end between two looks: the tasks to roll back to still run.
    expect(deployed.stdout).toContain('ROLLBACK_SUCCESSFUL');
    expect(deployed.stdout).toMatch(/Failed tasks, the latest first/);
    expect(deployed.stdout).toMatch(/ {2}bad:1 {2}Task failed to start\n {4}app: .*Cannot/);
    expect(lines(deployed).at(-1)).toBe('More: longshore explain service back');
    expect(await definitionOf('back')).toBe('good:1');
    const again = await run('wait', 'back');
    expect(again.code).toBe(3);
  });

  test('exits with 1 where it failed, and wait does so at once', async () => {
    await aService('fail');
    const deployed = await run('deploy', 'fail', '--task-definition', 'bad', '--wait');
    expect(deployed.code).toBe(1);
    expect(deployed.stderr).toContain(
      'The deployment of fail failed (STOPPED): ECS deployment circuit breaker: tasks failed to start.',
    );
    expect(await run('wait', 'fail')).toMatchObject({ code: 1 });
    expect((await run('watch', 'fail')).stdout).toContain('bad:1');
  });

  test('exits with 4 when it takes too long, and says what it waits for', async () => {
    await aService('late');
    const args = ['--task-definition', 'big', '--wait', '--timeout', '1s'];
    const deployed = await run('deploy', 'late', ...args);
    expect(deployed.code).toBe(4);
    // For how long it really waited: on a busy machine that is more.
    expect(deployed.stderr).toMatch(/late is not stable after [1-9]\d*s/);
    expect(deployed.stdout).toMatch(/It is waiting for:\n {2}- the placement of 2 tasks, tried /);
  });

  test.each([
    [['--image', 'nope=x'], 1, 'has no container nope. Its containers are: app.'],
    [['--image', 'app'], 2, "'app' is not CONTAINER=IMAGE"],
    [['--image', 'app=x', '--task-definition', 'good'], 2, 'Give either'],
    [['--task-definition', 'good', '--timeout', '1m'], 2, '--timeout needs --wait.'],
    [['--force', '--wait', '--timeout', 'soon'], 2, 'Give a duration'],
    [[], 2, 'Say what to deploy'],
  ])('refuses %j', async (args, code, text) => {
    await harness.ecs.createService({ serviceName: 'usage', taskDefinition: 'good:1', desiredCount: 0 });
    const refused = await run('deploy', 'usage', ...args);
    expect(refused).toMatchObject({ code, stderr: expect.stringContaining(text) });
  });
});

describe('longshore wait and watch', () => {
  test('say that there is no such service, and that one was deleted', async () => {
    expect(await run('wait', 'nope')).toMatchObject({
      code: 1,
      stderr: 'The service nope was not found in the cluster default.\n',
    });
    await harness.ecs.createService({ serviceName: 'gone', taskDefinition: 'good:1', desiredCount: 0 });
    await harness.ecs.deleteService({ service: 'gone' });
    expect(await run('watch', 'gone')).toMatchObject({ code: 1 });
  });

  test('wait for the tasks of a count that was changed', async () => {
    await aService('grow');
    expect(await run('wait', 'grow')).toMatchObject({
      code: 0,
      stdout: 'grow is stable: 2 of 2 tasks running good:1.\n',
    });
    await harness.ecs.updateService({ service: 'grow', desiredCount: 4 });
    expect((await run('wait', 'grow')).stdout).toBe('grow is stable: 4 of 4 tasks running good:1.\n');
  });

  test('end with 130 by Ctrl-C, without a word of failure', async () => {
    await harness.ecs.createService({ serviceName: 'stuck', taskDefinition: 'big', desiredCount: 1 });
    const args = ['watch', 'stuck', '--follow', '--data', harness.data];
    const watched = await longshoreInterrupted(/was unable to place a task/, ...args);
    expect(watched).toMatchObject({ code: 130, stderr: '' });
    const followed = ['events', 'stuck', '--follow', '--data', harness.data];
    expect(await longshoreInterrupted(/unable to place/, ...followed)).toMatchObject({ code: 130 });
  });

  test('are of services without deployments too', async () => {
    await harness.ecs.createService({
      serviceName: 'external',
      deploymentController: { type: 'EXTERNAL' },
      desiredCount: 0,
    });
    expect(await run('wait', 'external')).toMatchObject({
      code: 0,
      stdout: 'external is stable: 0 of 0 tasks running.\n',
    });
    const { stdout } = await run('explain', 'service', 'external');
    expect(stdout).toContain('task definition not set yet.');
  });
});

describe('longshore ps', () => {
  test('shows tasks that run, and with --all those that stopped and why', async () => {
    await aService('shown');
    const { tasks: bad } = await harness.ecs.runTask({ taskDefinition: 'bad' });
    const running = await run('ps', '--service', 'shown');
    expect(running.code).toBe(0);
    const [head, ...rows] = lines(running);
    expect(head).toMatch(/^TASK +DEFINITION +SERVICE +STATUS +HOST +PORTS +AGE$/);
    expect(rows).toHaveLength(2);
    for (const row of rows)
      expect(row).toMatch(
        /^[0-9a-f]{8} +good:1 +shown +RUNNING +mi-[0-9a-f]{17} +127\.0\.0\.1:\d+->80 +\d+s$/,
      );
    await vi.waitFor(async () => {
      const { tasks } = await harness.ecs.describeTasks({ tasks: [bad![0]!.taskArn!] });
      expect(tasks![0]!.lastStatus).toBe('STOPPED');
    }, pollOptions);
    const all = lines(await run('ps', '--all'));
    const at = all.findIndex((line) => / bad:1 .* STOPPED /.test(line));
    expect(all[at + 1]).toMatch(/^ {4}Task failed to start/);
    const [id = ''] = all[1]!.split(' ');
    expect((await run('explain', 'task', id)).stdout).toContain(`The task ${id}`);
    expect((await run('ps', '--wide')).stdout).toMatch(/^[0-9a-f]{32} /m);
    const { tasks } = JSON.parse((await run('ps', '--json')).stdout) as { tasks: { lastStatus: string }[] };
    expect(tasks.every(({ lastStatus }) => lastStatus !== 'STOPPED')).toBe(true);
  });
});

test('a limit that is no number is refused, and a cluster that is not there is named with its region', async () => {
  const limited = await run('failures', 'shop', '--limit', 'abc');
  expect(limited).toMatchObject({ code: 2, stdout: '' });
  expect(limited.stderr).toContain('Give a whole number from 1 to 50.');
  const missing = await run('ps', '--cluster', 'nope');
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toMatch(/^There is no cluster nope in the region us-east-1 at http:/);
});

describe('longshore events', () => {
  test('tells them from the first to the last', async () => {
    await aService('told');
    const messages = objects(await run('events', 'told', '--json')).map(({ message }) => String(message));
    expect(messages[0]).toMatch(/^\(service told\) has started 2 tasks/);
    expect(messages.at(-1)).toBe('(service told) has reached a steady state.');
    const [first] = lines(await run('events', 'told'));
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}\(service told\) has started/);
  });
});

describe('longshore explain service', () => {
  test('tells its deployments, what it waits for, and how tasks failed', async () => {
    const service = { serviceName: 'sad', taskDefinition: 'bad', desiredCount: 1, ...breaker(false) };
    await harness.ecs.createService(service);
    expect((await run('wait', 'sad')).code).toBe(1);
    const { stdout } = await run('explain', 'service', 'sad');
    expect(stdout).toMatch(/^sad \(ACTIVE, REPLICA, ROLLING\): 0 of 1 tasks running/);
    expect(stdout).toMatch(/Deployments:\n {2}PRIMARY {3}bad:1 {2}FAILED +desired 1 {2}running 0/);
    expect(stdout).toContain('has counted 3 of 3 failures.');
    expect(stdout).toMatch(/It is waiting for:\n {2}- a new deployment: this one failed/);
    expect(stdout).toMatch(/Failed tasks, the latest first:/);
    expect(stdout).toMatch(/2 of 4 instances can run bad:1 of service:sad now\./);
    const json = JSON.parse((await run('explain', 'service', 'sad', '--json')).stdout) as object;
    expect(json).toMatchObject({ group: 'service:sad', service: { failedTaskCount: 3 } });
  });
});
