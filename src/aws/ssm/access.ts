// What the caller of each operation of Parameter Store must be allowed to do it to: parameters by their ARNs, with their tags.
import { parseArn } from '../../lib/arn.ts';
import type { Store } from '../../store/store.ts';
import type { OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { ofHistory, ofNamed, ofPath, ofPut, type KeyQuestions } from './key-questions.ts';
import { parameterArn } from './state/parameter/parameter-name.ts';
import { parameterKey, parameters } from './state/parameter/parameters.ts';

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);

/** Which version is asked for does not matter. */
function arnOf(caller: Caller, reference: string): string {
  if (reference.startsWith('arn:')) return reference.split(':').slice(0, 6).join(':');
  return parameterArn(caller, reference.split(':', 1)[0]!);
}

const named =
  (member: string) =>
  (input: Members, caller: Caller): readonly string[] =>
    texts(input[member]).map((reference) => arnOf(caller, reference));

const requestTags = ({ Tags: tags }: Members): Tags => {
  const given = (Array.isArray(tags) ? tags : []) as readonly { Key: string; Value: string }[];
  return Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
};

/** The condition keys of Parameter Store that a request shows. */
const conditions: OperationAccess['conditions'] = {
  'ssm:Overwrite': (input) => texts(input['Overwrite'] ?? false),
  'ssm:Policies': (input) => texts(input['Policies']),
  'ssm:Recursive': (input) => texts(input['Recursive'] ?? false),
};

const members: Readonly<Record<string, string>> = {
  AddTagsToResource: 'ResourceId',
  DeleteParameter: 'Name',
  DeleteParameters: 'Names',
  GetParameter: 'Name',
  GetParameterHistory: 'Name',
  GetParameters: 'Names',
  GetParametersByPath: 'Path',
  LabelParameterVersion: 'Name',
  ListTagsForResource: 'ResourceId',
  PutParameter: 'Name',
  RemoveTagsFromResource: 'ResourceId',
  UnlabelParameterVersion: 'Name',
};

const keyQuestions: Readonly<Record<string, KeyQuestions>> = {
  GetParameter: ofNamed('Name'),
  GetParameterHistory: ofHistory,
  GetParameters: ofNamed('Names'),
  GetParametersByPath: ofPath,
  PutParameter: ofPut,
};

/** By operation, what `wire` asks before it runs. */
export function ssmAccess(store: Store): Record<string, OperationAccess> {
  const tagsOf = (arn: string): Tags | undefined => {
    const parsed = parseArn(arn);
    const name = parsed?.resource.slice('parameter'.length) ?? '';
    return store.view((tx) => {
      // The ARN of `/a` and of `a` is the same.
      const [found] = [name, name.slice(1)].flatMap(
        (one) => (parsed && tx.table(parameters).get(parameterKey(parsed, one))) ?? [],
      );
      return found && Object.fromEntries(found.tags.map(({ key, value }) => [key, value]));
    });
  };
  const asking = (of: KeyQuestions | undefined): OperationAccess['furtherActions'] =>
    of && ((input, caller) => store.view((tx) => of(tx, input, caller)));
  return Object.fromEntries(
    Object.entries(members).map(([name, member]): [string, OperationAccess] => [
      name,
      {
        conditions,
        requestTags,
        resourceTags: tagsOf,
        resources: named(member),
        furtherActions: asking(keyQuestions[name]),
      },
    ]),
  );
}
