// GetParameterHistory: the versions of a parameter with their values and labels, the oldest first.
import type { SsmOperation } from '../../ssm.ts';
import { presentHistory } from '../../present/parameter.ts';
import { findParameter, versionsOf } from '../../state/parameter/find-parameter.ts';
import { parseReference } from '../../state/parameter/parameter-name.ts';
import { parameterVersions } from '../../state/parameter/parameters.ts';
import { nextPage, tokenOf } from '../page.ts';
import { shownValue } from './read-parameter.ts';

export const getParameterHistory: SsmOperation<'GetParameterHistory'> = (ssm, input, call) =>
  ssm.store.view((tx) => {
    const versions = versionsOf(tx, findParameter(tx, call, parseReference(call, input.Name).name));
    const page = nextPage(input, {
      list: 'history',
      max: 50,
      rows: (after = '') => versions.filter((version) => parameterVersions.key(version) > after),
      key: parameterVersions.key,
      present: (version) => presentHistory(version, shownValue(ssm, tx, version, input.WithDecryption)),
    });
    return { Parameters: page.items, ...tokenOf(page) };
  });
