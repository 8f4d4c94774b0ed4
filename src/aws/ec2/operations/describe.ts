// Lists of resources: by their ids, by filters, page by page. All Describe operations go this way.
import type { Index } from '../../../store/index-on.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Row, Table } from '../../../store/table.ts';
import { afterToken, pageOf, type Page } from '../../shared/page.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Tag } from '../../shared/tag.ts';
import type { Ec2 } from '../ec2.ts';
import { invalidParameterValue } from '../errors.ts';
import { wildcard } from './wildcard.ts';

/** What a filter compares: a row's value, or any of several. */
type FilterValue = string | number | boolean | undefined | readonly (string | number | undefined)[];

/** The filters of an operation, by the names that EC2's documentation has; `tag:…` and `tag-key` are there wherever rows have tags. */
export type Filters<R> = Readonly<Record<string, (row: R) => FilterValue>>;

interface FilterInput {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

interface ListInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Listing<R> {
  /** By which its page tokens are told from those of others. */
  readonly list: string;
  /** All rows, in the order of their ids, from the first after that one. */
  readonly rows: (after: string | undefined) => Iterable<R>;
  /** The rows of these ids, in their order, in place of all; undefined or none asks for all. */
  readonly named?: readonly R[] | undefined;
  readonly filters: Filters<R>;
  readonly filterInput?: readonly FilterInput[] | undefined;
  /** How many a page may be asked for; default 5 to 1000. */
  readonly sizes?: readonly [min: number, max: number];
}

interface Listed {
  readonly id: string;
  readonly tags?: readonly Tag[];
}

/** A page of what the listing has and its filters leave; throws InvalidParameterValue for a filter, a size or a token that is none. */
export function describe<R extends Listed, T>(
  { list, rows, named, filters, filterInput = [], sizes = [5, 1000] }: Listing<R>,
  input: ListInput,
  present: (row: R) => T,
): Page<T> {
  const size = pageSize(input.MaxResults, sizes);
  const matches = matcher(filters, filterInput);
  if (named !== undefined && named.length > 0)
    return { items: [...new Set(named)].filter(matches).map(present) };
  const after = afterToken(list, input.NextToken);
  return pageOf(list, Iterator.from(rows(after)).filter(matches), size, ({ id }) => id, present);
}

/** A list of all that a table has in an account and region. */
export interface TableListing<R extends Listed & Row, T> extends Pick<Listing<R>, 'list' | 'sizes'> {
  readonly table: Table<R, { readonly scope: Index<R, Scope> }>;
  /** The row of an id; throws where there is none. */
  readonly find: (tx: ReadTransaction, scope: Scope, id: string) => R;
  readonly filters: (tx: ReadTransaction) => Filters<R>;
  readonly present: (row: R, tx: ReadTransaction) => T;
}

interface TableInput extends ListInput {
  /** Those of these ids, in place of all. */
  readonly ids: readonly string[] | undefined;
  readonly Filters?: readonly FilterInput[] | undefined;
}

/** As `describe`, of a table's rows. */
export const pagesOfTable =
  <R extends Listed & Row, T>({ table, find, filters, present, ...listing }: TableListing<R, T>) =>
  ({ store }: Ec2, input: TableInput, scope: Scope): Page<T> =>
    store.view((tx) =>
      describe(
        {
          ...listing,
          rows: (after) => tx.table(table).by('scope', scope, after),
          named: input.ids?.map((id) => find(tx, scope, id)),
          filters: filters(tx),
          filterInput: input.Filters,
        },
        input,
        (row) => present(row, tx),
      ),
    );

/** All of the rows that filters leave, for lists that have no pages. */
export const describeAll = <R extends Listed>(
  rows: Iterable<R>,
  filters: Filters<R>,
  filterInput: readonly FilterInput[] = [],
): readonly R[] => [...rows].filter(matcher(filters, filterInput));

/** The rows of a list that is at hand, sorted by id, as `rows` of a listing. */
export const listed =
  <R extends Listed>(rows: readonly R[]): Listing<R>['rows'] =>
  (after) => {
    const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    return after === undefined ? sorted : sorted.filter(({ id }) => id > after);
  };

function pageSize(asked: number | undefined, [min, max]: readonly [number, number]): number {
  if (asked === undefined) return max;
  const value = `Value ( ${asked} ) for parameter maxResults is invalid.`;
  if (asked < min) throw invalidParameterValue(`${value} Expecting a value greater than ${min}.`);
  if (asked > max) throw invalidParameterValue(`${value} Expecting a value less than or equal to ${max}.`);
  return asked;
}

/** Whether a row passes all filters; each of them by any of its values. */
function matcher<R extends Listed>(filters: Filters<R>, input: readonly FilterInput[]): (row: R) => boolean {
  const tests = input.map(({ Name: name = '', Values: values = [] }) => {
    if (values.length === 0) throw invalidParameterValue(`The filter '${name}' has no values.`);
    if (values.length > 200) throw invalidParameterValue('The maximum number of filter values is 200.');
    const read = readerOf(filters, name);
    const patterns = values.map(wildcard);
    return (row: R) => valuesOf(read(row)).some((value) => patterns.some((matchesOne) => matchesOne(value)));
  });
  return (row) => tests.every((test) => test(row));
}

function readerOf<R extends Listed>(filters: Filters<R>, name: string): (row: R) => FilterValue {
  if (Object.hasOwn(filters, name)) return filters[name]!;
  if (name.startsWith('tag:')) {
    const wanted = name.slice('tag:'.length);
    return ({ tags = [] }) => tags.find(({ key }) => key === wanted)?.value;
  }
  if (name === 'tag-key') return ({ tags = [] }) => tags.map(({ key }) => key);
  throw invalidParameterValue(`The filter '${name}' is invalid`);
}

function valuesOf(value: FilterValue): readonly string[] {
  const all = typeof value === 'object' ? value : [value];
  return all.filter((one) => one !== undefined).map(String);
}
