import type {
  QueryDefinition as ApiQueryDefinition,
  QueryInfo,
  QueryStatistics,
} from '../shapes.generated.ts';
import type { Presented } from '../../shared/presented.ts';
import type { QueryDefinition } from '../state/query/query-definition.ts';
import type { StoredQuery } from '../state/query/stored-queries.ts';

export const presentStatistics = (
  { statistics }: StoredQuery,
  resultCount: number,
): Presented<QueryStatistics> => ({
  ...statistics,
  estimatedRecordsSkipped: 0,
  estimatedBytesSkipped: 0,
  resultCount,
});

export const presentQuery = (query: StoredQuery): Presented<QueryInfo> => ({
  queryLanguage: 'CWLI',
  queryId: query.id,
  queryString: query.queryString,
  status: query.status,
  createTime: query.createdAt,
  logGroupName: query.logGroupNames[0],
  queryDuration: query.duration,
  bytesScanned: query.statistics.bytesScanned,
  userIdentity: query.userIdentity,
});

export const presentQueryDefinition = (definition: QueryDefinition): Presented<ApiQueryDefinition> => ({
  queryLanguage: 'CWLI',
  queryDefinitionId: definition.id,
  name: definition.name,
  queryString: definition.queryString,
  lastModified: definition.modifiedAt,
  logGroupNames: [...definition.logGroupNames],
  parameters: undefined,
});
