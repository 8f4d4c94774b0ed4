// The API of CloudTrail: what was called is looked up. Trails, which would copy it somewhere, are not served.
import { BulkError } from '../../bulk/bulk.ts';
import { waitingOperationsOf, type Api, type Operation, type WaitingOperationTable } from '../../wire/api.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import type { CloudTrail } from './cloudtrail.ts';
import {
  invalidEventCategory,
  invalidLookupAttributes,
  invalidNextToken,
  notServed,
  recordUnavailable,
  validationFailed,
} from './errors.ts';
import { lookupEvents } from './operations/event/lookup-events.ts';
import { cloudtrailModel, type CloudtrailOperations } from './shapes.generated.ts';

const table: WaitingOperationTable<CloudtrailOperations, CloudTrail> = { LookupEvents: lookupEvents };

/** "The rate of lookup requests is limited to two per second, per account, per Region": LookupEvents. */
const buckets = { lookup: { burst: 2, refill: 2, operations: ['LookupEvents'] } };

const tellingUnavailable = (operation: Operation): Operation => {
  return async (input, call) => {
    try {
      return await operation(input, call);
    } catch (error) {
      throw error instanceof BulkError ? recordUnavailable(error.message) : error;
    }
  };
};

/** What breaks the model has the error of the member that does. */
function invalid(message: string): Error {
  if (/\blookupAttributes/i.test(message)) return invalidLookupAttributes(message);
  return /\beventCategory/i.test(message) ? invalidEventCategory(message) : validationFailed(message);
}

export function cloudTrailApi(cloudTrail: CloudTrail): Api {
  const tokens = { input: 'NextToken', output: 'NextToken', invalid: invalidNextToken };
  const operations = sealedPages(cloudTrail.pageSeal, tokens, waitingOperationsOf(table, cloudTrail));
  return {
    model: cloudtrailModel,
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [name, tellingUnavailable(run)]),
    ),
    buckets,
    invalid: (_operation, message) => invalid(message),
    notServed,
  };
}
