import type { LogStream } from '../shapes.generated.ts';
import type { Presented } from '../../shared/presented.ts';
import type { StoredStream } from '../state/events/streams.ts';
import { sequenceToken } from './sequence-token.ts';

const unlessZero = (time: number): number | undefined => (time === 0 ? undefined : time);

export const presentLogStream = (groupArn: string, stream: StoredStream): Presented<LogStream> => ({
  logStreamName: stream.name,
  creationTime: stream.created,
  firstEventTimestamp: unlessZero(stream.firstEvent),
  lastEventTimestamp: unlessZero(stream.lastEvent),
  lastIngestionTime: unlessZero(stream.lastIngestion),
  uploadSequenceToken: sequenceToken(stream.lastIngestion),
  arn: `${groupArn}:log-stream:${stream.name}`,
  // "As of June 17, 2019, this parameter is no longer supported for log streams, and is always reported as zero": API_LogStream.
  storedBytes: 0,
});
