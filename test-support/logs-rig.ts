// A whole control plane in memory, spoken to by the CloudWatch Logs client of the AWS SDK.
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  type CloudWatchLogsClientConfig,
  type FilterLogEventsCommandInput,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ControlPlane, ControlPlaneOptions } from '../src/server/control-plane.ts';
import type { Credentials } from '../src/wire/sigv4/sign.ts';
import { EcsRig } from './ecs-rig.ts';
import { clockOffset, requestHandler } from './sdk-client.ts';
import type { VirtualClock } from './virtual-clock.ts';

export class LogsRig {
  readonly controlPlane: ControlPlane;
  readonly clock: VirtualClock;
  readonly logs: CloudWatchLogsClient;

  constructor({ controlPlane, clock }: EcsRig) {
    this.controlPlane = controlPlane;
    this.clock = clock;
    this.logs = this.client('us-east-1');
  }

  static async open(options: Partial<ControlPlaneOptions> = {}): Promise<LogsRig> {
    return new LogsRig(await EcsRig.open(options));
  }

  /** Of another region, or with another key than the administrator's. */
  client(region: string, key: Credentials = this.controlPlane.administrator): CloudWatchLogsClient {
    const { accessKeyId, secretAccessKey } = key;
    const client = new CloudWatchLogsClient({
      region,
      endpoint: 'http://127.0.0.1:4566',
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
      requestHandler: requestHandler(this.controlPlane.handle) as NonNullable<
        CloudWatchLogsClientConfig['requestHandler']
      >,
    });
    client.middlewareStack.add(
      (next) => (args) => {
        client.config.systemClockOffset = clockOffset(this.clock);
        return next(args);
      },
      { step: 'initialize' },
    );
    return client;
  }

  async group(logGroupName: string): Promise<void> {
    await this.logs.send(new CreateLogGroupCommand({ logGroupName }));
  }

  async stream(logGroupName: string, logStreamName: string): Promise<void> {
    await this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }

  /** Messages at a time, one ms after the other; default now. */
  async put(
    logGroupName: string,
    logStreamName: string,
    messages: readonly string[],
    time = this.clock.now(),
  ): Promise<void> {
    const logEvents = messages.map((message, place) => ({ message, timestamp: time + place }));
    await this.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }

  /** What a page of GetLogEvents has. */
  async get(input: GetLogEventsCommandInput) {
    const { events, nextForwardToken, nextBackwardToken } = await this.logs.send(
      new GetLogEventsCommand(input),
    );
    return { messages: events!.map(({ message }) => message!), nextForwardToken, nextBackwardToken };
  }

  /** The messages of all pages of FilterLogEvents. */
  async filter(input: FilterLogEventsCommandInput): Promise<string[]> {
    const messages: string[] = [];
    let { nextToken } = input;
    do {
      const page = await this.logs.send(new FilterLogEventsCommand({ ...input, nextToken }));
      messages.push(...page.events!.map(({ message }) => message!));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return messages;
  }
}
