import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import { filterNamed } from './filters.ts';

/** E.g. "needs 512 MiB, 200 MiB of 1024 MiB are free": what `failures[].detail` says. */
export const detailOf = (rejection: Rejection): string =>
  filterNamed(rejection.filter)?.detail(rejection) ?? rejection.reason;
