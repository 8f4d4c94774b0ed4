// Why a container instance cannot take a task: ECS's word for it and the numbers behind it, as data.
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

/** The filter that refused, the reason as in `failures[].reason`, and what the filter looked at. */
export type Rejection =
  | AmountRejection
  | PortRejection
  /** The strategy has its tasks run elsewhere: it was not even looked at, like what is DRAINING. */
  | {
      readonly filter: 'capacityProvider';
      readonly reason: 'CAPACITY PROVIDER';
      readonly providers: readonly string[];
    }
  | { readonly filter: 'agentConnected'; readonly reason: 'AGENT' }
  /** ECS has no word of its own for an agent without an engine: either way nothing can be started there. */
  | { readonly filter: 'engineAnswers'; readonly reason: 'AGENT' }
  | {
      readonly filter: 'attributes';
      readonly reason: 'ATTRIBUTE';
      readonly attribute: Attribute;
      /** What the instance has of it instead, where somebody asked why. */
      readonly found?: string | undefined;
    }
  | {
      readonly filter: 'memberOf';
      readonly reason: 'MemberOf placement constraint unsatisfied.';
      readonly expression: string;
      /** What the instance has of what the query asks for, where somebody asked why; no value for what it has not. */
      readonly facts?: readonly { readonly subject: string; readonly value?: string | undefined }[];
    }
  | {
      readonly filter: 'distinctInstance';
      readonly reason: 'DistinctInstance placement constraint unsatisfied.';
      readonly group: string;
      /** How many tasks of the group the instance has. */
      readonly held: number;
    }
  /** Not ACTIVE: it was not even looked at, and is named only where somebody asks about every instance. */
  | { readonly filter: 'status'; readonly reason: 'DRAINING' };

/** CPU units, MiB or GPUs: asked, free (less than none where more is taken than there is), and registered. */
export interface AmountRejection {
  readonly filter: 'cpu' | 'memory' | 'gpus';
  readonly reason: 'RESOURCE:CPU' | 'RESOURCE:MEMORY' | 'RESOURCE:GPU';
  readonly asked: number;
  readonly available: number;
  readonly of: number;
}

/** A static host port that is reserved by the instance, or else held by a task. */
export interface PortRejection {
  readonly filter: 'ports' | 'portsUdp';
  /** ECS has no word of its own for UDP. */
  readonly reason: 'RESOURCE:PORTS';
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly reserved: boolean;
}

/** How many CPU units, MiB or GPUs are missing; 0 where nothing can be counted. */
export const shortage = (rejection: Rejection): number =>
  'asked' in rejection ? rejection.asked - rejection.available : 0;
