// A metric filter on record: which events of a group count, and as what.
import type { MetricTransformation } from '../../shapes.generated.ts';

export interface MetricFilter {
  readonly version: number;
  readonly groupArn: string;
  readonly groupName: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly filterPattern: string;
  readonly metricTransformations: readonly MetricTransformation[];
  /** Epoch ms. */
  readonly createdAt: number;
  readonly applyOnTransformedLogs: boolean;
  readonly fieldSelectionCriteria?: string | undefined;
  readonly emitSystemFieldDimensions?: readonly string[] | undefined;
}
