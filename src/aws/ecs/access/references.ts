// How the inputs of ECS's operations refer to resources.

/** Members of one name mean the same in all operations. Each is a name, an id or an ARN. */
export interface References {
  readonly attributes?: readonly { readonly targetId?: string }[];
  readonly capacityProvider?: string;
  readonly capacityProviders?: readonly string[];
  readonly cluster?: string;
  readonly clusterName?: string;
  readonly clusters?: readonly string[];
  readonly containerInstance?: string;
  readonly containerInstanceArn?: string;
  readonly containerInstances?: readonly string[];
  readonly family?: string;
  readonly name?: string;
  readonly resourceArn?: string;
  readonly service?: string;
  readonly serviceDeploymentArn?: string;
  readonly serviceDeploymentArns?: readonly string[];
  readonly serviceName?: string;
  readonly serviceRevisionArns?: readonly string[];
  readonly services?: readonly string[];
  readonly tagKeys?: readonly string[];
  readonly tags?: readonly { readonly key?: string; readonly value?: string }[];
  readonly task?: string;
  readonly taskDefinition?: string;
  readonly taskDefinitions?: readonly string[];
  readonly taskSet?: string;
  readonly taskSets?: readonly string[];
  readonly tasks?: readonly string[];
}
