// What a task needs of an instance, and what a filter is: one part of that question, with all that is known of it.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { Task } from '../../state/task/task.ts';
import type { BlockingTask } from '../../state/placement-attempt/verdict-group.ts';
import type { TaskResources } from '../../../../agent-protocol/resources.ts';
import type { QueriedFact } from './expression/queried-facts.ts';
import type { InstanceFacts } from './expression/evaluate.ts';
import type { NearestInstance } from './nearest-instance.ts';
import type { Suggestion } from './suggestion.ts';
import type { Offer } from './wanted-instance.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

/** What a task needs of an instance. */
export interface PlacementRequest {
  readonly resources: TaskResources;
  readonly requiresAttributes: readonly Attribute[];
  readonly launchType: 'EC2' | 'EXTERNAL';
  /** The task group, whose tasks `spread` and `distinctInstance` count. */
  readonly group: string;
  /** All of them must hold: those of the definition and those of the call. */
  readonly constraints: readonly Constraint[];
  /** Each narrows what the one before it left equal; none means the least loaded instance. */
  readonly strategies: readonly Strategy[];
  /** Said where somebody asks about every instance; who places gives only the instances of the providers. */
  readonly capacityProviders?: RequiredProviders | undefined;
}

export type Constraint =
  | { readonly type: 'distinctInstance' }
  | {
      readonly type: 'memberOf';
      readonly expression: string;
      readonly matches: (facts: InstanceFacts) => boolean;
      /** What an instance has of what the query asks for. */
      readonly answers: (facts: InstanceFacts) => readonly QueriedFact[];
      /** Whether it asks only what stays as it is for as long as the instance's attributes do. */
      readonly isLasting: boolean;
    };

/** `spread` over an attribute or over instances, `binpack` by what is left, or by chance. */
export type Strategy =
  | { readonly type: 'spread'; readonly attribute: string }
  | { readonly type: 'spread'; readonly attribute?: undefined }
  | { readonly type: 'binpack'; readonly field: 'cpu' | 'memory' }
  | { readonly type: 'random' };

/** The only capacity providers whose instances may take the task. */
export interface RequiredProviders {
  readonly names: readonly string[];
  /** The Auto Scaling groups that make an instance one of theirs. */
  readonly scalingGroups: readonly string[];
  readonly have: (instance: ContainerInstance) => boolean;
}

/** An instance that refused for one reason, and nothing else: what would help is to be found. */
export interface Obstacle {
  readonly definition: TaskDefinition;
  readonly requirements: PlacementRequest;
  /** As people call it. */
  readonly instance: string;
  /** The tasks there that hold what is missing, the greatest share first. */
  readonly holders: readonly BlockingTask[];
}

/**
 * One question about one instance. `Need` is what a task asks, worked out once for all instances. `Figures` is what was
 * found: plain data, which is kept with the attempt, goes out as it is, and is read again by who prints it.
 */
export interface Filter<Need = unknown, Figures extends object = object> {
  readonly name: string;
  /** ECS's reason, as in `failures[].reason`. */
  readonly reason: string;
  /** How a service's event goes on after the closest instance; by default, that it encountered the reason as an error. */
  readonly closest?: string;
  /** Asks what the instance is, whatever it has left: where one does not pass, a DAEMON service is to have no task. */
  readonly isConstraint?: true;

  /** Undefined where the task needs nothing: no instance is looked at then. */
  needOf(requirements: PlacementRequest): Need | undefined;
  /** What is in the way on the instance, of several things the first; undefined where nothing is. */
  reject(need: Need, usage: InstanceUsage): Figures | undefined;
  /** The need without the thing that was rejected; left out where it is one thing only. */
  without?(need: Need, figures: Figures): Need | undefined;
  /**
   * For fleets of thousands: sets to 0, of the places in `passes`, those that columns or remembered answers show to be
   * rejected; it begins as the fleet's `available`. Answers what of the need is still to be asked of each instance. Left
   * out, all of it is.
   */
  screen?(need: Need, fleet: Fleet, passes: Uint8Array): Need | undefined;
  /** The figures with what the instance has instead: asked only where somebody wants to know why. */
  explained?(figures: Figures, need: Need, usage: InstanceUsage): Figures;

  /** How much is missing, in the filter's own unit: instances are nearer where it is less. */
  shortage?(figures: Figures): number;
  /** What it is about, where one instance may lack another thing than the next: those that lack the same are one group. */
  subject?(figures: Figures): string;
  /** How much of what is missing a task holds; left out where no task can be in the way. */
  held?(figures: Figures, task: Task): number;

  /** E.g. "needs 512 MiB, 200 MiB of 1024 MiB are free": what `failures[].detail` says. */
  detail(figures: Figures): string;
  /** What a service's event adds to the reason; it is to be the same while amounts change, or each event is another. */
  eventDetail?(figures: Figures): string;
  /** What `longshore explain` prints of a group of instances, without its full stop; by default the detail of the nearest. */
  line?(figures: Figures, nearest: NearestInstance): string;
  /** What could be changed, each enough by itself. */
  suggest(figures: Figures, obstacle: Obstacle): readonly Suggestion[];
  /** What another instance would have to offer. */
  offer?(need: Need): Offer;
}
