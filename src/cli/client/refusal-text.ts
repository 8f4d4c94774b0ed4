// A server's refusal as people need it: what was asked for and where, which ECS's own words do not say.
import type { ApiError } from '../../wire/errors.ts';
import type { ApiAccess } from './api-access.ts';

/** Of an operation that was given `input` at the server of `access`. */
export function refusalText({ code, message }: ApiError, input: object, access: ApiAccess): string {
  const { cluster = 'default', service, serviceName, services } = input as Readonly<Record<string, unknown>>;
  const where = `in the region ${access.region} at ${access.endpoint}`;
  switch (code) {
    case 'ClusterNotFoundException':
      return `There is no cluster ${text(cluster)} ${where}. Name another with --cluster or --region.`;
    case 'ServiceNotFoundException':
      return `There is no service ${text(service ?? serviceName ?? services)} in the cluster ${text(cluster)} (${where}).`;
    case 'ResourceNotFoundException':
      return `${message} It was looked for in the cluster ${text(cluster)}, ${where}.`;
    case 'UnrecognizedClientException':
      return `The server at ${access.endpoint} does not know the access key ${access.credentials.accessKeyId}. Set the variables again: eval "$(longshore env)".`;
    case 'InvalidSignatureException':
      return `${message} Is AWS_SECRET_ACCESS_KEY that of ${access.credentials.accessKeyId}, and the clock right?`;
    case 'UnknownError':
      return `The server at ${access.endpoint} is not Longshore: ${message}`;
    default:
      return message;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
