// DescribeParameters: the parameters of the account in the Region, without their values.
import type { ReadTransaction } from '../../../../store/store.ts';
import { unsupported, validation } from '../../errors.ts';
import { presentMetadata } from '../../present/parameter.ts';
import type { SsmOperation } from '../../ssm.ts';
import type { DescribeParametersRequest, ParameterStringFilter } from '../../shapes.generated.ts';
import { latestVersion } from '../../state/parameter/find-parameter.ts';
import type { Parameter } from '../../state/parameter/parameter.ts';
import { parameters } from '../../state/parameter/parameters.ts';
import { nextPage, tokenOf } from '../page.ts';
import { parameterFilter, type Candidate } from './parameter-filters.ts';

const keys = ['DataType', 'KeyId', 'Name', 'Path', 'Tier', 'Type', 'tag:'];

export const describeParameters: SsmOperation<'DescribeParameters'> = (ssm, input, call) => {
  if (input.Shared === true) throw unsupported('parameters that are shared between accounts (Shared)');
  const isAsked = parameterFilter(filtersOf(input), keys);
  return ssm.store.view((tx) => {
    const page = nextPage(input, {
      list: 'parameters',
      max: 50,
      rows: (after) => found(tx, tx.table(parameters).by('scope', call, after), isAsked),
      key: ({ parameter }) => parameters.key(parameter),
      present: ({ version }) => presentMetadata(version),
    });
    return { Parameters: page.items, ...tokenOf(page) };
  });
};

function* found(
  tx: ReadTransaction,
  rows: Iterable<Parameter>,
  isAsked: (candidate: Candidate) => boolean,
): Iterable<Candidate> {
  for (const parameter of rows) {
    const candidate = { parameter, version: latestVersion(tx, parameter) };
    if (isAsked(candidate)) yield candidate;
  }
}

/** The older form of filters begins with; both at once are refused. */
function filtersOf({
  Filters = [],
  ParameterFilters = [],
}: DescribeParametersRequest): readonly ParameterStringFilter[] {
  if (Filters.length > 0 && ParameterFilters.length > 0)
    throw validation('You can use either Filters or ParameterFilters in a single request.');
  const older = Filters.map(({ Key, Values }) => ({ Key, Values, Option: 'BeginsWith' }));
  return [...older, ...ParameterFilters];
}
