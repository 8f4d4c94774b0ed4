// The last step of every call: whether it is put on record, and the event that it leaves, in CloudTrail's form.
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { Store } from '../../../store/store.ts';
import type { AnsweredCall, RecordCall } from '../../../wire/answered-call.ts';
import type { BoundOperation } from '../../../wire/bound-api.ts';
import type { Members } from '../../../wire/protocols/protocol.ts';
import type { TrailEvent } from '../state/events/trail-event.ts';
import { eventId } from './event-id.ts';
import { eventKind, isDenial, type EventKind } from './event-kind.ts';
import { hidden } from './hidden-members.ts';
import { resourcesOf } from './resources.ts';
import { showing, type Seen, type Showing } from './shown-members.ts';
import { identifier, instantText, type Identified } from './user-identity.ts';

export interface RecorderOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Where calls belong that nobody signed rightly. */
  readonly accountId: string;
  readonly region: string;
  /** Takes an event; whether its caller is known. */
  readonly add: (event: TrailEvent, isKnown: boolean) => void;
}

/** "requestParameters … maximum size of 100 KB", and so for responseElements: cloudtrail-event-reference-record-contents. */
const maxElement = 100 * 1024;
/** The same page: of userAgent, errorCode and errorMessage. */
const maxText = 1024;
const eventVersion = '1.11';

export function callRecorder(options: RecorderOptions): RecordCall {
  const shown = new Map<BoundOperation, Shown>();
  const identify = identifier(options.store);
  return (call) => {
    try {
      const event = eventOf({ ...options, identify }, shown, call);
      if (event !== undefined) options.add(event, call.caller !== undefined);
    } catch (error) {
      options.log.error({ err: error, requestId: call.requestId }, 'A call could not be put on record');
    }
  };
}

/** How the input and the output of an operation are shown; neither of one that is not served. */
interface Shown {
  readonly kind: EventKind;
  readonly input: Showing | undefined;
  readonly output: Showing | undefined;
}

function shownOf(known: Map<BoundOperation, Shown>, operation: BoundOperation): Shown {
  const found = known.get(operation);
  if (found !== undefined) return found;
  const { service, model, name } = operation;
  const row = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  const shown: Shown = {
    kind: eventKind(service, name),
    input: row && showing(model, service, row.input),
    output: row && showing(model, service, row.output),
  };
  known.set(operation, shown);
  return shown;
}

/** `ecs` and `RunTask` of `ecs:RunTask`. */
function namesOf(action: string | undefined): { readonly service?: string; readonly name?: string } {
  const [service, name] = action?.split(':') ?? [];
  return service === undefined || name === undefined ? {} : { service, name };
}

function eventOf(
  { identify, ...options }: RecorderOptions & { readonly identify: (call: AnsweredCall) => Identified },
  known: Map<BoundOperation, Shown>,
  call: AnsweredCall,
): TrailEvent | undefined {
  const { operation, caller, error } = call;
  const shown = operation && shownOf(known, operation);
  const { service = call.signingName, name = 'Unknown' } = namesOf(call.action);
  const kind = shown?.kind ?? eventKind(service ?? '', name);
  const denied = error !== undefined && isDenial(error.code);
  if (!denied && (call.isForwarded || !kind.isRecorded)) return undefined;
  const { userIdentity, userName } = identify(call);
  const seen: Seen = { hidden: [], names: new Set(namedArns(call)) };
  const requestParameters = element(shown?.input, call.input, seen);
  const errorMessage = error && messageOf(error.message, denied, shown, call, seen);
  const responseElements = element(shown?.output, call.output, seen);
  const event: Omit<TrailEvent, 'record'> = {
    id: eventId(call.requestId),
    accountId: caller?.accountId ?? options.accountId,
    region: caller?.region ?? options.region,
    time: Math.floor(options.clock.now() / 1000),
    source: sourceOf(service),
    name,
    user: userName ?? null,
    accessKey: caller?.accessKeyId ?? call.statedAccessKeyId ?? null,
    readOnly: kind.readOnly,
    denied,
    error: call.toldCode ?? null,
    resources: resourcesOf(seen.names),
  };
  const errors = textMember('errorCode', call.toldCode) + textMember('errorMessage', errorMessage);
  const record = `{"eventVersion":"${eventVersion}","userIdentity":${userIdentity},"eventTime":"${secondText(event.time)}","eventSource":${text(event.source)},"eventName":${text(name)},"awsRegion":${text(event.region)},"sourceIPAddress":${text(call.address ?? 'unknown')},"userAgent":${text(call.userAgent?.slice(0, maxText) ?? '')}${errors},"requestParameters":${requestParameters},"responseElements":${responseElements},"requestID":${text(call.requestId)},"eventID":${text(event.id)},"readOnly":${kind.readOnly}${arnElements(event)},"eventType":"AwsApiCall","managementEvent":${kind.category === 'Management'},"recipientAccountId":${text(event.accountId)},"eventCategory":"${kind.category}"}`;
  return { ...event, record };
}

const text = (value: string): string => JSON.stringify(value);

/** A further member, where there is one. */
const textMember = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `,"${name}":${text(value)}`;

let latest = { second: 0, text: instantText(0) };

/** Many calls have the same second. */
function secondText(second: number): string {
  if (latest.second !== second) latest = { second, text: instantText(second * 1000) };
  return latest.text;
}

/** Longshore's own operations are of no service of AWS. */
const sourceOf = (service: string | undefined): string =>
  service === undefined || service === 'longshore' ? 'longshore' : `${service}.amazonaws.com`;

/** What IAM was asked about. */
const namedArns = ({ operation, caller, input }: AnsweredCall): readonly string[] =>
  caller === undefined || input === undefined ? [] : (operation?.access?.resources?.(input, caller) ?? []);

/** An element of a record as JSON: null where there is nothing, and said to be left out where it would be too large. */
function element(showing: Showing | undefined, value: Members | undefined, seen: Seen): string {
  if (showing === undefined || value === undefined) return 'null';
  const shown = showing.show(value, seen);
  if (shown === undefined || shown === '{}') return 'null';
  // No character has more than three bytes.
  if (shown.length <= maxElement / 3) return shown;
  const originalSize = Buffer.byteLength(shown);
  if (originalSize <= maxElement) return shown;
  return JSON.stringify({ omitted: true, originalSize, reason: 'The element is larger than 100 KB.' });
}

/** What an input was refused for may be told by repeating it: then the message is not shown either. */
function messageOf(
  message: string,
  denied: boolean,
  shown: Shown | undefined,
  { input }: AnsweredCall,
  seen: Seen,
): string {
  const isUnread = input === undefined && !denied && shown?.input?.hides === true;
  return isUnread || repeats(message, seen.hidden) ? hidden : message.slice(0, maxText);
}

/** A message may have cut what it repeats. */
const tellingLength = 8;

function repeats(message: string, values: readonly unknown[]): boolean {
  return values.some((value) => {
    if (typeof value === 'string') return value !== '' && message.includes(value.slice(0, tellingLength));
    if (value instanceof Uint8Array)
      return repeats(message, [Buffer.from(value).toString(), Buffer.from(value).toString('base64')]);
    return typeof value === 'object' && value !== null && repeats(message, Object.values(value));
  });
}

function arnElements({ resources, accountId }: Pick<TrailEvent, 'resources' | 'accountId'>): string {
  const arns = resources.filter(({ name }) => name.startsWith('arn:'));
  if (arns.length === 0) return '';
  return `,"resources":${JSON.stringify(arns.map(({ type, name: ARN }) => ({ ARN, accountId, type })))}`;
}
