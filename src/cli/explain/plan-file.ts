// The file that `longshore plan` reads, YAML or JSON. The server checks what is in it; here only typing errors are caught.
import { z } from 'zod';
import { readInputFile } from '../input-file.ts';
import { issueText } from '../issue-text.ts';
import { UsageError } from '../usage-error.ts';

const run = z.strictObject({
  taskDefinition: z.string(),
  count: z.int().optional(),
  group: z.string().optional(),
  placementConstraints: z
    .array(z.strictObject({ type: z.string(), expression: z.string().optional() }))
    .optional(),
  placementStrategy: z.array(z.strictObject({ type: z.string(), field: z.string().optional() })).optional(),
  launchType: z.string().optional(),
  capacityProviderStrategy: z
    .array(
      z.strictObject({
        capacityProvider: z.string(),
        weight: z.int().optional(),
        base: z.int().optional(),
      }),
    )
    .optional(),
});

const schema = z.strictObject({
  cluster: z.string().optional(),
  runs: z.array(run).optional(),
  without: z.array(z.string()).optional(),
  services: z.array(z.strictObject({ service: z.string(), desiredCount: z.int() })).optional(),
});

export type PlanFile = z.infer<typeof schema>;

/** Reads the plan in `path`, `-` being standard input; throws UsageError naming what is wrong where. */
export function readPlanFile(path: string): PlanFile {
  const { name, value } = readInputFile(path);
  return planOf(value, name);
}

/** `value` as a plan; `name` is what errors call it. */
export function planOf(value: unknown, name: string): PlanFile {
  const result = schema.safeParse(value, { error: issueText });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue!.path.length === 0 ? '' : ` at ${issue!.path.join('.')}`;
  throw new UsageError(`${name} is not a valid plan${where}: ${issue!.message}.`);
}
