// The API of AWS Systems Manager, as far as it is served: Parameter Store.
import { operationNames } from '../../wire/model.ts';
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { limitsOf } from '../shared/input-limits.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { answeringProblems } from '../shared/service-problem.ts';
import { ssmAccess } from './access.ts';
import { invalidNextToken, unsupported, validation } from './errors.ts';
import { ssmModel, type SsmOperations } from './shapes.generated.ts';
import type { Ssm } from './ssm.ts';
import { addTagsToResource } from './operations/tag/add-tags-to-resource.ts';
import { deleteParameter } from './operations/parameter/delete-parameter.ts';
import { deleteParameters } from './operations/parameter/delete-parameters.ts';
import { describeParameters } from './operations/parameter/describe-parameters.ts';
import { getParameter } from './operations/parameter/get-parameter.ts';
import { getParameterHistory } from './operations/parameter/get-parameter-history.ts';
import { getParameters } from './operations/parameter/get-parameters.ts';
import { getParametersByPath } from './operations/parameter/get-parameters-by-path.ts';
import { labelParameterVersion } from './operations/label/label-parameter-version.ts';
import { listTagsForResource } from './operations/tag/list-tags-for-resource.ts';
import { putParameter } from './operations/parameter/put-parameter.ts';
import { removeTagsFromResource } from './operations/tag/remove-tags-from-resource.ts';
import { unlabelParameterVersion } from './operations/label/unlabel-parameter-version.ts';

/** A row for each operation of the model. */
const table: OperationTable<SsmOperations, Ssm> = {
  AddTagsToResource: addTagsToResource,
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  DescribeParameters: describeParameters,
  GetParameter: getParameter,
  GetParameterHistory: getParameterHistory,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  LabelParameterVersion: labelParameterVersion,
  ListTagsForResource: listTagsForResource,
  PutParameter: putParameter,
  RemoveTagsFromResource: removeTagsFromResource,
  UnlabelParameterVersion: unlabelParameterVersion,
};

/** Characters of a text: a value is the longest, and refused by the operation where it is too long. */
const textLength = 65_536;

/** The API over `ssm`. */
export function ssmApi(ssm: Ssm): Api {
  const tokens = { input: 'NextToken', output: 'NextToken', invalid: invalidNextToken };
  return {
    model: ssmModel,
    operations: sealedPages(ssm.pageSeal, tokens, answeringProblems(operationsOf(table, ssm))),
    access: ssmAccess(ssm.store),
    limits: limitsOf(operationNames(ssmModel), { textLength }),
    invalid: (_operation, message) => validation(message),
    notServed: (operation) => unsupported(`the operation ${operation}`),
  };
}
