// StartLiveTail: a stream of the events that groups take in from now on.
import { uuid } from '../../../../lib/ids.ts';
import { brokenConstraint, invalidOperation, invalidParameter } from '../../errors.ts';
import { groupIdentified } from '../../find-group.ts';
import { checkedPattern, checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { scopeKey } from '../../../shared/scope.ts';
import type { StartLiveTailRequest } from '../../shapes.generated.ts';

// API_StartLiveTail
const maxGroups = 10;
const maxStreams = 100;

export const startLiveTail: LogsOperation<'StartLiveTail'> = ({ store, random, liveTails }, input, call) => {
  checkInput(input);
  const { logGroupIdentifiers, logStreamNames, logStreamNamePrefixes, logEventFilterPattern = '' } = input;
  const named = store.view((tx) =>
    logGroupIdentifiers.map((identifier) => [groupIdentified(tx, call, identifier), identifier] as const),
  );
  for (const [{ logGroupClass, name }] of named)
    if (logGroupClass !== 'STANDARD')
      throw invalidOperation(
        `Live Tail is for log groups of the class STANDARD: ${name} is ${logGroupClass}.`,
      );
  const start = {
    requestId: call.requestId,
    sessionId: uuid(random),
    logGroupIdentifiers,
    logStreamNames: logStreamNames ?? [],
    logStreamNamePrefixes: logStreamNamePrefixes ?? [],
    logEventFilterPattern,
  };
  const responseStream = liveTails.start({
    scope: scopeKey(call),
    start,
    groups: new Map(named.map(([{ uid, accountId, name }]) => [uid, `${accountId}:${name}`])),
    takesStream: streamsTaken(input),
    pattern: logEventFilterPattern,
  });
  return { responseStream };
};

function streamsTaken({ logStreamNames, logStreamNamePrefixes }: StartLiveTailRequest) {
  const names = logStreamNames && new Set(logStreamNames);
  return (stream: string): boolean =>
    names?.has(stream) ?? logStreamNamePrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true;
}

function checkInput(input: StartLiveTailRequest): void {
  const { logGroupIdentifiers: groups, logStreamNames: names, logStreamNamePrefixes: prefixes } = input;
  checkCount('logGroupIdentifiers', groups, maxGroups);
  for (const identifier of groups)
    if (!identifier.startsWith('arn:') || identifier.endsWith('*'))
      throw invalidParameter(
        `'${identifier}' is not the ARN of a log group: name each log group by its ARN, without an asterisk at its end.`,
      );
  if (names !== undefined && prefixes !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.');
  if ((names ?? prefixes) !== undefined && groups.length > 1)
    throw invalidParameter(
      'logStreamNames and logStreamNamePrefixes can be given only with a single log group.',
    );
  checkStreams('logStreamNames', names);
  checkStreams('logStreamNamePrefixes', prefixes);
  checkedPattern(input.logEventFilterPattern ?? '');
}

function checkStreams(member: string, streams: readonly string[] | undefined): void {
  if (streams === undefined) return;
  checkCount(member, streams, maxStreams);
  for (const stream of streams) checkName(stream, member);
}

function checkCount(member: string, values: readonly string[], most: number): void {
  if (values.length < 1) throw brokenConstraint(member, '[]', 'have length greater than or equal to 1');
  if (values.length > most)
    throw brokenConstraint(member, `[${values.join(', ')}]`, `have length less than or equal to ${most}`);
}
