// What the caller of each operation must be allowed to do it to: the resources as AWS's own denials name them, and tags.
import type { Store } from '../../store/store.ts';
import type { OperationAccess } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import type { LogsOperations } from './shapes.generated.ts';
import { logGroupArn, logStreamArn, parseLogGroupArn } from './state/arn.ts';
import { logGroups } from './state/group/log-groups.ts';

type Resources = (input: Members, caller: Caller) => readonly string[];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The name in a name or an ARN; empty where neither is given. */
const nameOf = (reference: unknown): string => parseLogGroupArn(textOf(reference))?.name ?? textOf(reference);

const groupIn = (input: Members): string =>
  nameOf(input['logGroupName'] ?? input['logGroupIdentifier'] ?? input['resourceIdentifier']);

/** AWS writes a group as one of its streams, without a name: policies for `log-group:<name>:*` mean it. */
const group: Resources = (input, caller) => [logStreamArn(caller, groupIn(input), '')];
const stream: Resources = (input, caller) => [
  logStreamArn(caller, groupIn(input), textOf(input['logStreamName'])),
];
/** Without a colon behind its name, as TagResource takes it. */
const tagged: Resources = (input, caller) => [logGroupArn(caller, nameOf(input['resourceArn']))];
const named: Resources = (input, caller) => {
  const all = [input['logGroupName'], input['logGroupNames'], input['logGroupIdentifiers']].flat();
  return all.filter((one) => one !== undefined).map((one) => logStreamArn(caller, nameOf(one), ''));
};

const requestTags = ({ tags }: Members): Readonly<Record<string, string>> =>
  typeof tags === 'object' && tags !== null && !Array.isArray(tags) ? (tags as Record<string, string>) : {};

const resources: { readonly [Name in keyof LogsOperations]?: Resources } = {
  AssociateKmsKey: group,
  CreateLogGroup: group,
  CreateLogStream: group,
  DeleteLogGroup: group,
  DeleteLogStream: stream,
  DeleteMetricFilter: group,
  DeleteRetentionPolicy: group,
  DescribeLogGroups: group,
  DescribeLogStreams: group,
  DescribeMetricFilters: group,
  DisassociateKmsKey: group,
  FilterLogEvents: group,
  GetLogEvents: stream,
  ListTagsForResource: tagged,
  ListTagsLogGroup: group,
  PutLogEvents: stream,
  PutLogGroupDeletionProtection: group,
  PutMetricFilter: group,
  PutRetentionPolicy: group,
  StartLiveTail: named,
  StartQuery: named,
  TagLogGroup: group,
  TagResource: tagged,
  UntagLogGroup: group,
  UntagResource: tagged,
};

/** By operation; those that are not here act on `*`. */
export function logsAccess(store: Store): Readonly<Record<string, OperationAccess>> {
  const resourceTags = (arn: string): Readonly<Record<string, string>> | undefined =>
    store.view((tx) => tx.table(logGroups).get(arn.replace(/:log-stream:.*$/, ''))?.tags);
  return Object.fromEntries(
    Object.entries(resources).map(([name, of]) => [name, { resources: of, requestTags, resourceTags }]),
  );
}
