// That no request stores more than a bounded number of bytes, and no refusal comes back with all that was refused.
import { describe, expect, test } from 'vitest';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import { refOf, shapeOf, type Ref } from '../../src/wire/model.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { minimalInput } from '../../test-support/model-input.ts';
import { rawCall } from './raw-call.ts';

type Path = readonly string[];

/** Every member of an operation's input that is a text or holds texts, by the way to it; shapes that hold themselves once. */
function* texts(ref: Ref, path: Path = [], inside: readonly string[] = []): Iterable<Path> {
  const { shape: name } = refOf(ref);
  const shape = shapeOf(ecsModel, ref);
  if (inside.includes(name)) return;
  if (shape === 'string' || shape === 'text') yield path;
  if (typeof shape !== 'object' || shape.kind === 'enum' || shape.kind === 'timestamp') return;
  if (shape.kind !== 'structure') return yield* texts(shape.of, [...path, shape.kind], [...inside, name]);
  for (const [member, of] of Object.entries(shape.members))
    yield* texts(of, [...path, `.${member}`], [...inside, name]);
}

/** A value that has `text` at the end of the way. */
function holding([step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text;
  const inner = holding(rest, text);
  if (step === 'list') return [inner];
  return { [step.startsWith('.') ? step.slice(1) : 'key']: inner };
}

const operations = Object.entries(ecsModel.operations);

describe.each(operations)('%s', (operation, { input }) => {
  test('takes no text of 100,000 characters in any member, and does not send one back', async () => {
    const rig = await EcsRig.open();
    const minimal = minimalInput(ecsModel, operation) as object;
    for (const path of texts(input)) {
      const given = { ...minimal, ...(holding(path, 'x'.repeat(100_000)) as object) };
      const answer = await rawCall(rig, operation, given);
      const where = `${operation} ${path.join('')}`;
      expect(answer.status, where).toBe(400);
      expect(JSON.stringify(answer.body).length, where).toBeLessThan(4096);
    }
  });
});

describe('an accepted request', () => {
  test.each<[string, object]>([
    [
      'RegisterTaskDefinition',
      {
        family: 'big',
        containerDefinitions: [
          { name: 'a', image: 'i', memory: 6, environment: [{ name: 'A', value: 'x'.repeat(65_000) }] },
        ],
      },
    ],
    [
      'CreateCluster',
      { clusterName: 'c', configuration: { executeCommandConfiguration: { kmsKeyId: 'k'.repeat(4096) } } },
    ],
    [
      'RegisterContainerInstance',
      {
        versionInfo: { agentVersion: 'x'.repeat(4096), agentHash: 'x'.repeat(4096) },
        attributes: Array.from({ length: 400 }, (_, at) => ({ name: `ecs.${at}`, value: 'x'.repeat(256) })),
      },
    ],
  ])('of %s stores no more than it may hold', async (operation, input) => {
    let stored = 0;
    class Measured extends MemoryJournal {
      override append(...batch: Parameters<MemoryJournal['append']>): ReturnType<MemoryJournal['append']> {
        stored += JSON.stringify(batch).length;
        return super.append(...batch);
      }
    }
    const rig = await EcsRig.open({ journal: new Measured({ durability: 'immediate' }) });
    await rawCall(rig, 'CreateCluster', {});
    stored = 0;
    expect((await rawCall(rig, operation, input)).status).toBe(200);
    expect(stored).toBeGreaterThan(4096);
    expect(stored).toBeLessThan(2 * 131_072);
  });
});
