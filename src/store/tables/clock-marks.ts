// How far the control plane's time had come; one row.
import type { ClockMark } from '../../model/clock-mark.ts';
import { defineTable } from '../table.ts';

export const clockMarks = defineTable<ClockMark>()({
  name: 'clock-marks',
  durable: true,
  key: (mark) => mark.name,
  indexes: {},
  tallies: {},
});
