// What is called, told only to those who have signed: that an operation is not here is an answer too.
import type { Step } from './exchange.ts';

export const findOperation: Step = (exchange) => {
  exchange.operation = exchange.route.operation();
};
