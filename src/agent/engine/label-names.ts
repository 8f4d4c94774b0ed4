// The labels that tell whose a container is. Every container of a task carries them.

export const taskArnLabel = 'com.amazonaws.ecs.task-arn';
export const containerNameLabel = 'com.amazonaws.ecs.container-name';
export const familyLabel = 'com.amazonaws.ecs.task-definition-family';
export const revisionLabel = 'com.amazonaws.ecs.task-definition-version';
export const clusterLabel = 'com.amazonaws.ecs.cluster';
/** Longshore's own: which agent made the container, as `agentId` says it. */
export const agentIdLabel = 'longshore.agent-id';
