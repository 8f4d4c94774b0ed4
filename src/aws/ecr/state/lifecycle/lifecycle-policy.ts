// Lifecycle policies: which images of a repository expire. Read and checked here, decided in `expiringImages`. Pure.
import { z } from 'zod';
import { BrokenRule } from '../../../shared/broken-rule.ts';

const count = z.int().min(1);
const texts = z.array(z.string().min(1)).min(1);

const selection = z
  .strictObject({
    tagStatus: z.enum(['tagged', 'untagged', 'any']),
    tagPrefixList: texts.optional(),
    tagPatternList: texts.optional(),
    countType: z.enum(['imageCountMoreThan', 'sinceImagePushed']),
    countUnit: z.literal('days').optional(),
    countNumber: count,
  })
  .check(({ value, issues }) => {
    const refuse = (message: string): void => void issues.push({ code: 'custom', message, input: value });
    const lists = [value.tagPrefixList, value.tagPatternList].filter((list) => list !== undefined);
    if (value.tagStatus === 'tagged' && lists.length !== 1)
      refuse('tagStatus tagged requires either tagPrefixList or tagPatternList');
    if (value.tagStatus !== 'tagged' && lists.length > 0)
      refuse(`tagStatus ${value.tagStatus} takes no tagPrefixList and no tagPatternList`);
    if (value.countType === 'sinceImagePushed' && value.countUnit === undefined)
      refuse('countType sinceImagePushed requires countUnit');
    if (value.countType === 'imageCountMoreThan' && value.countUnit !== undefined)
      refuse('countType imageCountMoreThan takes no countUnit');
  });

const policy = z
  .strictObject({
    rules: z
      .array(
        z.strictObject({
          rulePriority: count,
          description: z.string().optional(),
          selection,
          action: z.strictObject({ type: z.literal('expire') }),
        }),
      )
      .min(1),
  })
  .check(({ value: { rules }, issues }) => {
    const refuse = (message: string): void => void issues.push({ code: 'custom', message, input: rules });
    const priorities = rules.map(({ rulePriority }) => rulePriority);
    if (new Set(priorities).size < rules.length) refuse('each rule must have a rulePriority of its own');
    const alone = rules.filter((rule) => rule.selection.tagStatus === 'any');
    if (alone.length > 1) refuse('at most one rule may have tagStatus any');
    if (alone[0] !== undefined && alone[0].rulePriority < Math.max(...priorities))
      refuse('the rule with tagStatus any must have the largest rulePriority');
    if (rules.filter((rule) => rule.selection.tagStatus === 'untagged').length > 1)
      refuse('at most one rule may have tagStatus untagged');
  });

export type LifecycleRule = z.infer<typeof policy>['rules'][number];

const maxLength = 30_720;

/** The rules of a policy, by priority; throws BrokenRule with a sentence for what is none. */
export function readLifecyclePolicy(text: string): readonly LifecycleRule[] {
  if (text.length > maxLength) throw broken(`it has more than ${maxLength} characters`);
  const read = policy.safeParse(parsed(text));
  if (!read.success) {
    const { path, message } = read.error.issues[0]!;
    throw broken(path.length === 0 ? message : `${path.join('.')}: ${message}`);
  }
  return read.data.rules.toSorted((one, other) => one.rulePriority - other.rulePriority);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken('it is not valid JSON');
  }
}

const broken = (why: string): BrokenRule =>
  new BrokenRule(
    `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${why}'`,
  );
