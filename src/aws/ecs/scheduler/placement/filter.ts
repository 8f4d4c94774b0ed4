// What a task asks of an instance, and what a filter is: one part of that question, answered with numbers.
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import type { TaskResources } from '../../../../agent-protocol/resources.ts';
import type { InstanceFacts } from './expression/evaluate.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

/** What a task asks of an instance. */
export interface Ask {
  readonly resources: TaskResources;
  readonly requiresAttributes: readonly Attribute[];
  readonly launchType: 'EC2' | 'EXTERNAL';
  /** The task group, whose tasks `spread` and `distinctInstance` count. */
  readonly group: string;
  /** All of them must hold: those of the definition and those of the call. */
  readonly constraints: readonly Constraint[];
  /** Each narrows what the one before it left equal; none means the least loaded instance. */
  readonly strategies: readonly Strategy[];
}

export type Constraint =
  | { readonly type: 'distinctInstance' }
  | {
      readonly type: 'memberOf';
      readonly expression: string;
      readonly matches: (facts: InstanceFacts) => boolean;
      /** Whether it asks only what stays as it is for as long as the instance's attributes do. */
      readonly lasting: boolean;
    };

/** `spread` over an attribute or over instances, `binpack` by what is left, or by chance. */
export type Strategy =
  | { readonly type: 'spread'; readonly attribute: string }
  | { readonly type: 'spread'; readonly attribute?: undefined }
  | { readonly type: 'binpack'; readonly field: 'cpu' | 'memory' }
  | { readonly type: 'random' };

/** One question about one instance. */
export interface Filter {
  readonly name: Rejection['filter'];
  /** Whether the instance may take the task. Asked of every instance for every call: it makes nothing. */
  accepts(ask: Ask, load: InstanceLoad): boolean;
  /** The numbers, for an instance that it does not accept; undefined for one that it does. */
  reject(ask: Ask, load: InstanceLoad): Rejection | undefined;
}
