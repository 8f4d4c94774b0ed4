// What a caller gives to RegisterTaskDefinition.
import type * as ecs from '@aws-sdk/client-ecs';
import type { Input } from '../../ecs.ts';

export type Given = Input<ecs.RegisterTaskDefinitionRequest>;
export type GivenContainer = Input<ecs.ContainerDefinition>;
