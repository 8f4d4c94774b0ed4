import { BulkError } from '../../bulk/bulk.ts';
import { waitingOperationsOf, type Api, type Operation, type WaitingOperationTable } from '../../wire/api.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { logsAccess } from './access.ts';
import { invalidParameter, invalidToken, serviceUnavailable } from './errors.ts';
import type { Logs } from './logs.ts';
import { filterLogEvents } from './operations/event/filter-log-events.ts';
import { getLogEvents } from './operations/event/get-log-events.ts';
import { maxBatchBytes, putLogEvents } from './operations/event/put-log-events.ts';
import { startLiveTail } from './operations/event/start-live-tail.ts';
import { associateKmsKey } from './operations/group/associate-kms-key.ts';
import { createLogGroup } from './operations/group/create-log-group.ts';
import { deleteLogGroup } from './operations/group/delete-log-group.ts';
import { deleteRetentionPolicy } from './operations/group/delete-retention-policy.ts';
import { describeLogGroups } from './operations/group/describe-log-groups.ts';
import { disassociateKmsKey } from './operations/group/disassociate-kms-key.ts';
import { putLogGroupDeletionProtection } from './operations/group/put-log-group-deletion-protection.ts';
import { putRetentionPolicy } from './operations/group/put-retention-policy.ts';
import { deleteMetricFilter } from './operations/metric-filter/delete-metric-filter.ts';
import { describeMetricFilters } from './operations/metric-filter/describe-metric-filters.ts';
import { putMetricFilter } from './operations/metric-filter/put-metric-filter.ts';
import { testMetricFilter } from './operations/metric-filter/test-metric-filter.ts';
import { deleteQueryDefinition } from './operations/query/delete-query-definition.ts';
import { describeQueries } from './operations/query/describe-queries.ts';
import { describeQueryDefinitions } from './operations/query/describe-query-definitions.ts';
import { getLogRecord } from './operations/query/get-log-record.ts';
import { getQueryResults } from './operations/query/get-query-results.ts';
import { putQueryDefinition } from './operations/query/put-query-definition.ts';
import { maxQueryLength, startQuery } from './operations/query/start-query.ts';
import { stopQuery } from './operations/query/stop-query.ts';
import { createLogStream } from './operations/stream/create-log-stream.ts';
import { deleteLogStream } from './operations/stream/delete-log-stream.ts';
import { describeLogStreams } from './operations/stream/describe-log-streams.ts';
import { listTagsForResource } from './operations/tag/list-tags-for-resource.ts';
import { listTagsLogGroup, tagLogGroup, untagLogGroup } from './operations/tag/log-group-tags.ts';
import { tagResource } from './operations/tag/tag-resource.ts';
import { untagResource } from './operations/tag/untag-resource.ts';
import { logsModel, type LogsOperations } from './shapes.generated.ts';

const table: WaitingOperationTable<LogsOperations, Logs> = {
  AssociateKmsKey: associateKmsKey,
  CreateLogGroup: createLogGroup,
  CreateLogStream: createLogStream,
  DeleteLogGroup: deleteLogGroup,
  DeleteLogStream: deleteLogStream,
  DeleteMetricFilter: deleteMetricFilter,
  DeleteQueryDefinition: deleteQueryDefinition,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  DescribeMetricFilters: describeMetricFilters,
  DescribeQueries: describeQueries,
  DescribeQueryDefinitions: describeQueryDefinitions,
  DisassociateKmsKey: disassociateKmsKey,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  GetLogRecord: getLogRecord,
  GetQueryResults: getQueryResults,
  ListTagsForResource: listTagsForResource,
  ListTagsLogGroup: listTagsLogGroup,
  PutLogEvents: putLogEvents,
  PutLogGroupDeletionProtection: putLogGroupDeletionProtection,
  PutMetricFilter: putMetricFilter,
  PutQueryDefinition: putQueryDefinition,
  PutRetentionPolicy: putRetentionPolicy,
  StartLiveTail: startLiveTail,
  StartQuery: startQuery,
  StopQuery: stopQuery,
  TagLogGroup: tagLogGroup,
  TagResource: tagResource,
  TestMetricFilter: testMetricFilter,
  UntagLogGroup: untagLogGroup,
  UntagResource: untagResource,
};

/** A batch of events as JSON, in which characters may be written with six; and what else has long texts. */
const limits: NonNullable<Api['limits']> = {
  PutLogEvents: {
    bodyBytes: 8 * 1024 * 1024,
    textLength: maxBatchBytes,
    inputLength: 2 * maxBatchBytes,
  },
  TestMetricFilter: { elementLength: 262_144, inputLength: maxBatchBytes },
  StartQuery: { textLength: maxQueryLength },
  PutQueryDefinition: { textLength: maxQueryLength },
};

/** Where events cannot be read or written, clients are told to try again, and why. */
const tellingUnavailable = (operation: Operation): Operation => {
  return async (input, call) => {
    try {
      return await operation(input, call);
    } catch (error) {
      throw error instanceof BulkError ? serviceUnavailable(error.message) : error;
    }
  };
};

export function logsApi(logs: Logs): Api {
  const { GetLogEvents: plain, ...paged } = waitingOperationsOf(table, logs);
  // The tokens of GetLogEvents are for both directions, and last as long as the stream does: they are not sealed.
  const operations = {
    ...sealedPages(logs.pageSeal, { invalid: invalidToken }, paged),
    GetLogEvents: plain!,
  };
  return {
    model: logsModel,
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [name, tellingUnavailable(run)]),
    ),
    access: logsAccess(logs.store),
    limits,
    invalid: (_operation, message) => invalidParameter(message),
  };
}
