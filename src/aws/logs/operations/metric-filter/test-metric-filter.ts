// TestMetricFilter: which of some messages a pattern matches, and what it takes out of them.
import { brokenConstraint } from '../../errors.ts';
import { checkedPattern } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';

const maxMessages = 50;

export const testMetricFilter: LogsOperation<'TestMetricFilter'> = (_logs, input) => {
  const messages = input.logEventMessages;
  if (messages.length < 1 || messages.length > maxMessages)
    throw brokenConstraint(
      'logEventMessages',
      `${messages.length} messages`,
      `have length from 1 to ${maxMessages}`,
    );
  const pattern = checkedPattern(input.filterPattern);
  const matches = messages.flatMap((eventMessage, place) =>
    pattern.matches(eventMessage)
      ? [{ eventNumber: place + 1, eventMessage, extractedValues: { ...pattern.extract(eventMessage) } }]
      : [],
  );
  return { matches };
};
