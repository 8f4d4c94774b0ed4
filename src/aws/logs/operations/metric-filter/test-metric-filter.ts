// TestMetricFilter: which of some messages a pattern matches, and what it takes out of them.
import { brokenConstraint } from '../../errors.ts';
import { checkedPattern } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';

const maxMessages = 50;

export const testMetricFilter: LogsOperation<'TestMetricFilter'> = async ({ database }, input) => {
  const { filterPattern: pattern, logEventMessages: messages } = input;
  if (messages.length < 1 || messages.length > maxMessages)
    throw brokenConstraint(
      'logEventMessages',
      `${messages.length} messages`,
      `have length from 1 to ${maxMessages}`,
    );
  checkedPattern(pattern);
  return { matches: await database.scan('testPattern', { pattern, messages }) };
};
