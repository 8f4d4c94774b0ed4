// DescribeLogGroups: those of a region, by the beginning or a part of their names.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { Call } from '../../../../wire/api.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalidParameter } from '../../errors.ts';
import { groupIdentified } from '../../find-group.ts';
import { checkedLimit, checkGroupName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { presentLogGroup } from '../../present/log-group.ts';
import type { DescribeLogGroupsRequest } from '../../shapes.generated.ts';
import { logGroupArn } from '../../state/arn.ts';
import type { LogGroup } from '../../state/group/log-group.ts';
import { logGroups } from '../../state/group/log-groups.ts';

const maxPage = 50;

export const describeLogGroups: LogsOperation<'DescribeLogGroups'> = async (
  { store, database },
  input,
  call,
) => {
  checkNames(input);
  const size = checkedLimit(input.limit, maxPage);
  const page = store.view((tx) => {
    const after = afterToken('groups', input.nextToken);
    return pageOf('groups', groupsOf(tx, input, call, after), size, logGroups.key, (group) => ({
      uid: group.uid,
      shown: presentLogGroup(tx, group),
    }));
  });
  const uids = page.items.map(({ uid }) => uid);
  const bytes = uids.length === 0 ? [] : await database.read('groupBytes', uids);
  const shown = page.items.map((group, place) => ({ ...group.shown, storedBytes: bytes[place] }));
  return { logGroups: shown, nextToken: page.nextToken };
};

function checkNames({
  logGroupNamePrefix: prefix,
  logGroupNamePattern: pattern,
}: DescribeLogGroupsRequest): void {
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  if (prefix !== undefined) checkGroupName(prefix, 'logGroupNamePrefix');
  if (pattern !== undefined) checkGroupName(pattern, 'logGroupNamePattern');
}

/** In the order of their names. */
function* groupsOf(
  tx: ReadTransaction,
  input: DescribeLogGroupsRequest,
  call: Call,
  after: string | undefined,
): Generator<LogGroup> {
  const { logGroupNamePrefix: prefix = '', logGroupNamePattern: pattern = '', logGroupClass } = input;
  const named = input.logGroupIdentifiers?.map((one) => groupIdentified(tx, call, one).arn);
  for (const group of tx.table(logGroups).by('scope', call, after ?? before(logGroupArn(call, prefix)))) {
    if (!group.name.startsWith(prefix)) {
      if (group.name > prefix) return;
      continue;
    }
    const isAsked = named === undefined || named.includes(group.arn);
    if (
      isAsked &&
      group.name.includes(pattern) &&
      (logGroupClass ?? group.logGroupClass) === group.logGroupClass
    )
      yield group;
  }
}

/** A text smaller than `text`, and than all that is greater by little. */
const before = (text: string): string => text.slice(0, -1);
