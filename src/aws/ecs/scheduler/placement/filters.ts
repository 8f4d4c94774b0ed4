// The filters of placement, and how a filter is asked. All that is known of one is in its file; this list is the only other
// place that names it.
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { PlacementRequest, Filter } from './filter.ts';
import { agentConnected } from './filters/agent-connected.ts';
import { attributes } from './filters/attributes.ts';
import { capacityProvider } from './filters/capacity-provider.ts';
import { cpu } from './filters/cpu.ts';
import { distinctInstance } from './filters/distinct-instance.ts';
import { engineAnswers } from './filters/engine-answers.ts';
import { gpus } from './filters/gpus.ts';
import { memberOf } from './filters/member-of.ts';
import { memory } from './filters/memory.ts';
import { ports, portsUdp } from './filters/ports.ts';
import { status } from './filters/status.ts';

/** In the order in which the first reason is named: what the instance is, before what it has left. */
export const filters: readonly Filter[] = [
  agentConnected,
  engineAnswers,
  attributes,
  memberOf,
  distinctInstance,
  cpu,
  memory,
  gpus,
  ports,
  portsUdp,
];

/** Why placement is not even given an instance: asked first, and only where somebody asks about every instance. */
export const exclusions: readonly Filter[] = [capacityProvider, status];

const byName = new Map([...exclusions, ...filters].map((filter) => [filter.name, filter]));

/** The filter of a rejection; undefined for the name of one that a later version has. */
export const filterNamed = (name: string): Filter | undefined => byName.get(name);

/** A filter, and what a task needs of it. */
export interface Question {
  readonly filter: Filter;
  readonly need: unknown;
}

/** Why an instance cannot take a task. */
export type Verdict = Rejection & { readonly instance: ContainerInstance };

/** What the task asks at all, in the order of the filters. */
export const questionsOf = (
  requirements: PlacementRequest,
  among: readonly Filter[] = filters,
): readonly Question[] =>
  among.flatMap((filter) => {
    const need = filter.needOf(requirements);
    return need === undefined ? [] : [{ filter, need }];
  });

/** Whether every filter lets the task pass. */
export function accepts(questions: readonly Question[], usage: InstanceUsage): boolean {
  for (const { filter, need } of questions) if (filter.reject(need, usage) !== undefined) return false;
  return true;
}

/** By the first filter that the instance does not pass; undefined where it passes all. */
export function firstRejection(questions: readonly Question[], usage: InstanceUsage): Verdict | undefined {
  for (const { filter, need } of questions) {
    const figures = filter.reject(need, usage);
    // Spread first: the engine copies it several times faster so.
    if (figures) return { ...figures, filter: filter.name, reason: filter.reason, instance: usage.instance };
  }
  return undefined;
}

/**
 * All that the filter finds on the instance, with what is there instead. It names the first thing; what else there is, it
 * says once that is not asked.
 */
export function allRejections({ filter, need }: Question, usage: InstanceUsage): readonly Rejection[] {
  const figures = filter.reject(need, usage);
  if (!figures) return [];
  const explained = filter.explained?.(figures, need, usage) ?? figures;
  const rest = filter.without?.(need, figures);
  return [
    { filter: filter.name, reason: filter.reason, ...explained },
    ...(rest === undefined ? [] : allRejections({ filter, need: rest }, usage)),
  ];
}
