// Whatever a control plane orders, and however badly it is reached, what an instance tells stays true.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AgentCallError } from '../agent-protocol/transport.ts';
import type { TaskStateChange } from '../agent/task/report.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import { aHost, FleetRig } from '../../test-support/simulated-fleet.ts';

const taskNumber = fc.integer({ min: 0, max: 7 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run' as const), task: taskNumber }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('stop' as const), task: taskNumber }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'drop' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'refuse' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const numbered = (number: number) =>
  aPayloadTask({
    arn: payloadTaskArn(String(number)),
    containers: [
      aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 0 }] }),
      aPayloadContainer({ name: 'side', essential: number % 2 === 0 }),
    ],
  });

function perform(rig: FleetRig, order: Step): Promise<void> | undefined {
  switch (order.do) {
    case 'run':
      rig.plane.run(numbered(order.task));
      return undefined;
    case 'stop':
      rig.plane.stop(numbered(order.task));
      return undefined;
    case 'wait':
      return rig.clock.advance(order.ms);
    case 'drop':
      rig.plane.link()?.connection.close(1006, '');
      return rig.clock.advance(0);
    case 'refuse':
      rig.plane.refusals.set('SubmitTaskStateChange', [new AgentCallError('ServerException', 'busy', 500)]);
      return undefined;
  }
}

const order = ['PENDING', 'RUNNING', 'STOPPED'];
const neverGoesBack = (reports: readonly TaskStateChange[]): void => {
  const seen = reports.map(({ status }) => order.indexOf(status));
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
};

it('reports every task forwards only, ends what is to end, and counts right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.constantFrom(0, 0.3, 1),
      fc.constantFrom(0, 600),
      async (steps, seed, failureRate, exitRate) => {
        const behaviour = { startDelay: 1_000, stopDelay: 500, failureRate, exitRate };
        const rig = new FleetRig({ seed, behaviour, host: { ...aHost, memory: 200 } });
        await rig.start();
        for (const one of steps) await perform(rig, one);
        await rig.clock.advance(60_000);
        const ordered = new Set(steps.flatMap((one) => ('task' in one ? [one.task] : [])));
        for (const number of ordered) rig.plane.stop(numbered(number));
        await rig.clock.advance(60_000);
        for (const number of ordered) {
          const reports = rig.plane.reportsOf(payloadTaskArn(String(number)));
          neverGoesBack(reports);
          expect(reports.at(-1)!.status).toBe('STOPPED');
        }
        expect(rig.fleet.tally.status().tasks).toEqual({ pending: 0, running: 0, stopped: ordered.size });
        // All was given back: a task of the whole instance fits.
        const before = rig.fleet.tally.status().overcommitted;
        rig.plane.run({ ...numbered(99), containers: [aPayloadContainer({ cpu: 1024, memory: 200 })] });
        await rig.clock.advance(3_000);
        expect(rig.fleet.tally.status().overcommitted).toBe(before);
      },
    ),
    { numRuns: 60 },
  );
});
