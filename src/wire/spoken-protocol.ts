// Which protocol the client of a request speaks, and so in which its answer must be.
import type { AwsService } from './aws-service.ts';
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import { splitTarget } from './request-target.ts';
import { ec2QueryProtocol } from './protocols/ec2-query.ts';
import { json10Protocol, json11Protocol } from './protocols/json.ts';
import type { Protocol, ProtocolName } from './protocols/protocol.ts';
import { queryProtocol } from './protocols/query.ts';
import { restJsonProtocol } from './protocols/rest-json.ts';
import { restXmlProtocol, s3Protocol } from './protocols/rest-xml.ts';
import { rpcV2CborProtocol, smithyProtocol } from './protocols/rpc-v2-cbor.ts';

const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  'json-1.0': json10Protocol,
  'json-1.1': json11Protocol,
  query: queryProtocol,
  'ec2-query': ec2QueryProtocol,
  'rest-json': restJsonProtocol,
  'rest-xml': restXmlProtocol,
  s3: s3Protocol,
  'rpc-v2-cbor': rpcV2CborProtocol,
};

type RequestHead = Pick<HttpRequest, 'target' | 'headers'>;

/**
 * The protocol of a request for `service` (undefined: not known). What only one protocol has decides before what the service is
 * known to speak; a request that shows nothing of either is answered in JSON 1.1.
 */
export function spokenProtocol(request: RequestHead, service: AwsService | undefined): Protocol {
  if (headerOf(request.headers, 'smithy-protocol') === smithyProtocol) return rpcV2CborProtocol;
  const type = mediaType(request);
  if (headerOf(request.headers, 'x-amz-target') !== undefined) {
    // Whoever is known to speak 1.1 is not called in 1.0.
    const speaks11 = service?.protocols.includes('json-1.1') === true;
    return type === 'application/x-amz-json-1.0' && !speaks11 ? json10Protocol : json11Protocol;
  }
  const known = service?.protocols ?? ['json-1.1', 'query'];
  const form = hasAction(request) || type === 'application/x-www-form-urlencoded';
  return protocols[(form ? known.find(isQuery) : undefined) ?? known[0]!];
}

const isQuery = (name: ProtocolName): boolean => name === 'query' || name === 'ec2-query';

const hasAction = ({ target }: RequestHead): boolean => /(^|&)Action=/.test(splitTarget(target).query);

const mediaType = ({ headers }: RequestHead): string | undefined =>
  headerOf(headers, 'content-type')?.split(';', 1)[0]!.trim().toLowerCase();
