// DescribeTaskDefinition: a revision in any status, or a family's latest ACTIVE one.
import type { EcsOperation } from '../../ecs.ts';
import { clientException } from '../../errors.ts';
import { presentTaskDefinition } from '../../present/task-definition.ts';
import { findTaskDefinition } from '../resolve/task-definition.ts';

export const describeTaskDefinition: EcsOperation<'DescribeTaskDefinition'> = (ecs, input, call) =>
  ecs.store.view((tx) => {
    const definition = findTaskDefinition(tx, call, input.taskDefinition ?? '');
    if (!definition) throw clientException('Unable to describe task definition.');
    return {
      taskDefinition: presentTaskDefinition(definition),
      tags: input.include?.includes('TAGS') ? definition.tags : [],
    };
  });
