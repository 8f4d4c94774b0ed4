// Whether the caller may do this, to these resources.
import { accessDenied } from '../authorise.ts';
import type { Step } from './exchange.ts';

const anything: readonly string[] = ['*'];

export const authorise: Step = (exchange, context) => {
  const { call, operation, input } = exchange;
  const { action, access } = operation;
  const refused = context.authorise(
    call,
    action,
    () => access?.resources?.(input, call) ?? anything,
    (key) => access?.conditions?.[key]?.(input, call),
  );
  if (refused !== undefined) throw accessDenied(call, action, refused);
};
