// How far the control plane's time had come; one row.
import { defineTable } from '../store/table.ts';

export const clockMarks = defineTable<ClockMark>()({
  name: 'clock-marks',
  durable: true,
  key: (mark) => mark.name,
  indexes: {},
  tallies: {},
});

export interface ClockMark {
  readonly version: number;
  readonly name: 'control-plane';
  /** Epoch ms, by the control plane's own clock. */
  readonly at: number;
}
