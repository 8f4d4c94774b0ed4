// A cluster's settings: containerInsights is the only one there is.
import type * as ecs from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { effectiveSetting } from '../account-setting/effective-setting.ts';
import { invalidParameter } from '../../errors.ts';

const values = new Set(['enabled', 'disabled', 'enhanced']);

/** The settings of a new cluster: what is given, else the caller's account setting; throws like `changedSettings`. */
export const newSettings = (
  tx: ReadTransaction,
  call: Call,
  input: readonly ecs.ClusterSetting[] | undefined,
): Cluster['settings'] =>
  changedSettings(
    [{ name: 'containerInsights', value: effectiveSetting(tx, call, 'containerInsights') }],
    input,
  );

/** `current` with what is given; throws InvalidParameterException for a setting without a name or a value it cannot have. */
export function changedSettings(
  current: Cluster['settings'],
  input: readonly ecs.ClusterSetting[] = [],
): Cluster['settings'] {
  const settings = new Map(current.map(({ name, value }) => [name, value]));
  for (const { name, value = '' } of input) {
    if (!name) throw invalidParameter("Invalid setting 'name'");
    if (!values.has(value)) throw invalidParameter("Invalid setting 'value'");
    settings.set(name, value);
  }
  return Array.from(settings, ([name, value]) => ({ name, value }));
}
