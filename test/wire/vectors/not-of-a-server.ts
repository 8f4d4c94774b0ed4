// The cases of AWS's protocol vectors that say nothing of a server, each with the reason.

type Reasons = Readonly<Record<string, string>>;

const compressed = 'the client compresses its body, which no service here takes';
const filled = 'the client makes up a token';
const omitted = 'an empty value is not sent, so a server reads none';
const precedence = 'the client chooses between two values before it sends one';
const emptyPayload = 'the client sends {} for a body that it was not given';
const otherTimestamps = 'a timestamp in a form that no server here writes';
const extra = 'members that the model lacks, which no server here writes';
const nulls = 'nulls, which no server here writes';
const noBody = 'no body at all, where the SDK for Go wants the element of the result';
const pieces = 'a string in pieces, as no server here writes it';
const otherBody = 'the body is that of another case';

export const notOfAServer: Readonly<Record<'input' | 'output', Reasons>> = {
  input: {
    SDKAppliedContentEncoding_ec2Query: compressed,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query: compressed,
    SDKAppliedContentEncoding_awsJson1_1: compressed,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1: compressed,
    SDKAppliedContentEncoding_awsJson1_0: compressed,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0: compressed,
    SDKAppliedContentEncoding_awsQuery: compressed,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery: compressed,
    SDKAppliedContentEncoding_restJson1: compressed,
    SDKAppendedGzipAfterProvidedEncoding_restJson1: compressed,
    SDKAppliedContentEncoding_restXml: compressed,
    SDKAppendedGzipAfterProvidedEncoding_restXml: compressed,
    Ec2ProtocolIdempotencyTokenAutoFill: filled,
    QueryProtocolIdempotencyTokenAutoFill: filled,
    RestJsonQueryIdempotencyTokenAutoFill: filled,
    QueryIdempotencyTokenAutoFill: filled,
    Ec2EmptyQueryLists: omitted,
    QueryEmptyQueryMaps: omitted,
    RestJsonOmitsEmptyListQueryValues: omitted,
    RestJsonQueryPrecedence: precedence,
    RestXmlQueryPrecedence: precedence,
    RestJsonHttpWithEmptyStructurePayload: emptyPayload,
    RestJsonHttpWithHeadersButNoPayload: emptyPayload,
  },
  output: {
    Ec2QueryDateTimeWithNegativeOffset: otherTimestamps,
    Ec2QueryDateTimeWithPositiveOffset: otherTimestamps,
    AwsJson11DateTimeWithNegativeOffset: otherTimestamps,
    AwsJson11DateTimeWithPositiveOffset: otherTimestamps,
    AwsQueryDateTimeWithNegativeOffset: otherTimestamps,
    AwsQueryDateTimeWithPositiveOffset: otherTimestamps,
    RestJsonDateTimeWithNegativeOffset: otherTimestamps,
    RestJsonDateTimeWithPositiveOffset: otherTimestamps,
    RestXmlDateTimeWithNegativeOffset: otherTimestamps,
    RestXmlDateTimeWithPositiveOffset: otherTimestamps,
    handles_unexpected_json_output: extra,
    AwsJson10HandlesUnexpectedJsonOutput: extra,
    AwsJson11DeserializeIgnoreType: extra,
    AwsJson10DeserializeIgnoreType: extra,
    RestJsonDeserializeIgnoreType: extra,
    RpcV2CborExtraFieldsInTheBodyShouldBeSkippedByClients: extra,
    InvalidGreetingError: extra,
    AwsJson11StructuresDontDeserializeNullValues: nulls,
    AwsJson10DeserializeAllowNulls: nulls,
    RestJsonDeserializesDenseSetMapAndSkipsNull: nulls,
    RpcV2CborDeserializesDenseSetMapAndSkipsNull: nulls,
    RestJsonDoesntDeserializeNullStructureValues: nulls,
    RpcV2CborClientDoesntDeserializeNullStructureValues: nulls,
    QueryEmptyInputAndEmptyOutput: noBody,
    QueryNoInputAndNoOutput: noBody,
    QueryNoInputAndOutput: noBody,
    RpcV2CborIndefiniteStringInsideIndefiniteListCanDeserialize: pieces,
    RpcV2CborIndefiniteStringInsideDefiniteListCanDeserialize: pieces,
    RpcV2CborPayloadWithUnsetUnion: otherBody,
  },
};
