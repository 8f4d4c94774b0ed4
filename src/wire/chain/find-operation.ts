// What is called, told only to those who have signed: that an operation is not here is an answer too.
import { bodyTooLarge } from '../body-limit.ts';
import type { Step } from './exchange.ts';

export const findOperation: Step = (exchange) => {
  const { route, request } = exchange;
  exchange.operation = route.operation();
  const { bodyBytes } = exchange.operation.limits;
  if (request.body.length > bodyBytes) throw bodyTooLarge(bodyBytes);
};
