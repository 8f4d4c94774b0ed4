// Whether the caller comes too fast, by the buckets of the API; before its input costs anything.
import type { Step } from './exchange.ts';

export const throttle: Step = ({ operation, call, now }, { throttleOf }) => {
  throttleOf(operation.api)?.(operation.name, call, now);
};
