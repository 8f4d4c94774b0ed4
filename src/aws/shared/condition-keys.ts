// The condition keys by which it is decided who may do what: what a request has, and what a policy asks for.

/** ECS's own: the ARN of the cluster that a request is for. */
export const clusterKey = 'ecs:cluster';

/** The access keys that registered the container instances which an agent's request is about; an empty text where none did. */
export const registeredByKey = 'longshore:RegisteredBy';
