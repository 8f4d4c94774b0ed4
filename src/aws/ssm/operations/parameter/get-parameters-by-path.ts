// GetParametersByPath: the parameters below a path with their values, public ones too.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { validation } from '../../errors.ts';
import { presentParameter, presentPublicParameter } from '../../present/parameter.ts';
import type { Ssm, SsmOperation } from '../../ssm.ts';
import type { GetParametersByPathRequest, Parameter } from '../../shapes.generated.ts';
import { latestVersion, versionsOf } from '../../state/parameter/find-parameter.ts';
import { isBelow } from '../../state/parameter/parameter-name.ts';
import { parameterKey, parameters } from '../../state/parameter/parameters.ts';
import { publicParameters } from '../../state/public-parameter/public-parameters.ts';
import { nextPage, tokenOf } from '../page.ts';
import { parameterFilter, type Candidate } from './parameter-filters.ts';
import { shownValue } from './read-parameter.ts';

const keys = ['KeyId', 'Label', 'Type'];

export const getParametersByPath: SsmOperation<'GetParametersByPath'> = (ssm, input, call) => {
  if (!/^\/[A-Za-z0-9_./-]*$/.test(input.Path) || input.Path.includes('//'))
    throw validation(
      'The parameter path must begin with a slash, and consist of letters, numbers and the symbols .-_ divided by slashes.',
    );
  const find = input.Path.startsWith('/aws/') ? publicBelow : ownBelow;
  return ssm.store.view((tx) => {
    const isAsked = parameterFilter(input.ParameterFilters ?? [], keys);
    const page = nextPage(input, {
      list: 'by-path',
      max: 10,
      rows: (after) => find({ ssm, tx, call, input, isAsked }, after),
      key: ({ Name }) => Name!,
      present: (parameter) => parameter,
    });
    return { Parameters: page.items, ...tokenOf(page) };
  });
};

interface Search {
  readonly ssm: Ssm;
  readonly tx: ReadTransaction;
  readonly call: Call;
  readonly input: GetParametersByPathRequest;
  readonly isAsked: (candidate: Candidate) => boolean;
}

/** Whatever is below a path comes together in the order of names: the search ends behind it. */
function* ownBelow(
  { ssm, tx, call, input, isAsked }: Search,
  after: string | undefined,
): Iterable<Parameter> {
  const path = input.Path.replace(/(?<=.)\/$/, '');
  const prefix = path === '/' ? '/' : `${path}/`;
  const byLabel = input.ParameterFilters?.some(({ Key }) => Key === 'Label') ?? false;
  for (const parameter of tx.table(parameters).by('scope', call, parameterKey(call, after ?? prefix))) {
    if (!parameter.name.startsWith(prefix)) {
      if (parameter.name > prefix) return;
      continue;
    }
    if (!isBelow(parameter.name, path, input.Recursive === true)) continue;
    const versions = byLabel ? versionsOf(tx, parameter) : [latestVersion(tx, parameter)];
    for (const version of versions)
      if (isAsked({ parameter, version }))
        yield presentParameter(version, shownValue(ssm, tx, version, input.WithDecryption), undefined);
  }
}

function* publicBelow({ call, input }: Search, after = ''): Iterable<Parameter> {
  for (const parameter of publicParameters(call.region))
    if (parameter.name > after && isBelow(parameter.name, input.Path, input.Recursive === true))
      yield presentPublicParameter(parameter);
}
