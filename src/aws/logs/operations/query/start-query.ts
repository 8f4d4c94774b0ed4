// StartQuery: a query of Insights over groups; GetQueryResults answers what it found.
import { uuid } from '../../../../lib/ids.ts';
import { scopeKey } from '../../../shared/scope.ts';
import type { Call } from '../../../../wire/api.ts';
import { brokenConstraint, invalidParameter, malformedQuery } from '../../errors.ts';
import { groupIdentified } from '../../find-group.ts';
import { checkedLimit } from '../../input.ts';
import type { Logs, LogsOperation } from '../../logs.ts';
import type { StartQueryRequest } from '../../shapes.generated.ts';
import type { LogGroup } from '../../state/group/log-group.ts';
import { compileQuery } from '../../state/insights/insights-query.ts';
import { MalformedQuery } from '../../state/insights/malformed-query.ts';
import { maxRows } from '../../state/insights/parse-query.ts';

const maxGroups = 50;
export const maxQueryLength = 10_000;

export const startQuery: LogsOperation<'StartQuery'> = (logs, input, call) => {
  if (input.queryLanguage !== undefined && input.queryLanguage !== 'CWLI')
    throw invalidParameter(`The query language ${input.queryLanguage} is not served: use CWLI.`);
  const limit = checkedLimit(input.limit, maxRows);
  const [from, to] = rangeOf(input);
  const groups = groupsOf(logs, input, call);
  compiles(input.queryString, call.now);
  const id = uuid(logs.random);
  logs.queries.start(
    {
      id,
      scope: scopeKey(call),
      queryString: input.queryString,
      logGroupNames: groups.map(({ name }) => name),
      createdAt: call.now,
      userIdentity: call.principalArn,
    },
    {
      queryString: input.queryString,
      limit,
      now: call.now,
      from,
      to,
      groups: groups.map(({ uid, accountId, name }) => ({ uid, log: `${accountId}:${name}` })),
    },
  );
  return { queryId: id };
};

function compiles(queryString: string, now: number): void {
  if (queryString.length > maxQueryLength)
    throw brokenConstraint('queryString', queryString, `have length less than or equal to ${maxQueryLength}`);
  try {
    compileQuery(queryString, { now });
  } catch (error) {
    throw error instanceof MalformedQuery ? malformedQuery(error) : error;
  }
}

/** Of seconds or, as clients also send them, of ms; both ends are in it. Answers epoch ms. */
function rangeOf({ startTime, endTime }: StartQueryRequest): [number, number] {
  if (startTime < 0) throw brokenConstraint('startTime', startTime, 'have value greater than or equal to 0');
  if (endTime < startTime) throw invalidParameter('End time should not be less than start time.');
  const inMs = (time: number, last: number): number => (time > 100_000_000_000 ? time : time * 1000 + last);
  return [inMs(startTime, 0), inMs(endTime, 999)];
}

function groupsOf({ store }: Logs, input: StartQueryRequest, call: Call): LogGroup[] {
  const { logGroupName: one, logGroupNames: names, logGroupIdentifiers: identifiers } = input;
  const given = [one, names, identifiers].filter((reference) => reference !== undefined);
  if (given.length !== 1)
    throw invalidParameter('Specify exactly one of logGroupName, logGroupNames and logGroupIdentifiers.');
  const references = [given[0]!].flat();
  if (references.length < 1 || references.length > maxGroups)
    throw invalidParameter(`A query is over 1 to ${maxGroups} log groups.`);
  return store.view((tx) =>
    [...new Set(references)].map((reference) => groupIdentified(tx, call, reference)),
  );
}
