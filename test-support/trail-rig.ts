// A whole control plane in memory, whose record of calls is read by the CloudTrail client of the AWS SDK.
import {
  CloudTrailClient,
  LookupEventsCommand,
  type Event,
  type LookupAttributeKey,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import type { ControlPlaneOptions } from '../src/server/control-plane.ts';
import type { Credentials } from '../src/wire/sigv4/sign.ts';
import { EcsRig } from './ecs-rig.ts';
import { sdkClientOf } from './sdk-client.ts';

/** A record, as CloudTrail writes it; of its members those that tests look into. */
export interface TrailRecord {
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventID: string;
  readonly requestID: string;
  readonly readOnly: boolean;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
}

export const recordOf = ({ CloudTrailEvent }: Event): TrailRecord =>
  JSON.parse(CloudTrailEvent!) as TrailRecord;

export class TrailRig {
  readonly ecs: EcsRig;
  readonly trail: CloudTrailClient;

  constructor(ecs: EcsRig) {
    this.ecs = ecs;
    this.trail = ecs.clientOf(CloudTrailClient);
  }

  static async open(options: Partial<ControlPlaneOptions> = {}): Promise<TrailRig> {
    return new TrailRig(await EcsRig.open(options));
  }

  /** CloudTrail's client with another key. */
  trailOf(key: Credentials): CloudTrailClient {
    const { handle } = this.ecs.controlPlane;
    return sdkClientOf(CloudTrailClient, handle, key, { clock: this.ecs.clock });
  }

  /** All events that are found, newest first. */
  async events(input: LookupEventsCommandInput = {}): Promise<Event[]> {
    const events: Event[] = [];
    let { NextToken } = input;
    do {
      const page = await this.trail.send(new LookupEventsCommand({ ...input, NextToken }));
      events.push(...page.Events!);
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return events;
  }

  by(AttributeKey: LookupAttributeKey, AttributeValue: string): Promise<Event[]> {
    return this.events({ LookupAttributes: [{ AttributeKey, AttributeValue }] });
  }

  /** The records of all events, oldest first. */
  async records(): Promise<TrailRecord[]> {
    const events = await this.events();
    return events.map(recordOf).toReversed();
  }
}
