// A rejection as a sentence: the only place where its numbers become words.
import type { Rejection } from '../../state/placement-attempt/rejection.ts';

/** E.g. "needs 512 MiB, 200 MiB of 1024 MiB are free": what `failures[].detail` says. */
export function detailOf(rejection: Rejection): string {
  switch (rejection.filter) {
    case 'cpu':
      return `needs ${rejection.asked} CPU units, ${rejection.available} of ${rejection.of} are free`;
    case 'memory':
      return `needs ${rejection.asked} MiB, ${rejection.available} MiB of ${rejection.of} MiB are free`;
    case 'gpus':
      return `needs ${rejection.asked} GPU${rejection.asked === 1 ? '' : 's'}, ${rejection.available} of ${rejection.of} are free`;
    case 'ports':
    case 'portsUdp':
      return `${rejection.protocol} host port ${rejection.port} is ${rejection.reserved ? 'reserved on the instance' : 'taken by another task'}`;
    case 'attributes':
      return `the instance lacks the attribute ${attributeText(rejection.attribute)}${rejection.found === undefined ? '' : `, it has ${rejection.found || 'no value'}`}`;
    case 'memberOf':
      return `the instance does not match ${rejection.expression}`;
    case 'distinctInstance':
      return `the instance already has ${rejection.held} task${rejection.held === 1 ? '' : 's'} of the group ${rejection.group}`;
    case 'capacityProvider':
      return `the instance is not of the capacity provider${rejection.providers.length === 1 ? '' : 's'} ${rejection.providers.join(', ')}`;
    case 'agentConnected':
      return 'the agent of the instance is not connected';
    case 'engineAnswers':
      return 'the container engine of the instance does not answer its agent';
    case 'status':
      return 'the instance is DRAINING and takes no new tasks';
  }
}

/** `name` or `name=value`. */
export const attributeText = ({ name, value }: { name: string; value?: string | undefined }): string =>
  value === undefined ? name : `${name}=${value}`;
