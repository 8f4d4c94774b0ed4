// The ECS API: every operation of the model, those that are built and those that say they are not.
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { operationNames } from '../../wire/model.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import type { Ecs } from './ecs.ts';
import { clientException, invalidParameter, invalidToken, unsupportedFeature } from './errors.ts';
import { ecsModel, type EcsOperations } from './shapes.generated.ts';
import { continueServiceDeployment } from './operations/service/continue-service-deployment.ts';
import { createCapacityProvider } from './operations/capacity-provider/create-capacity-provider.ts';
import { createCluster } from './operations/cluster/create-cluster.ts';
import { createService } from './operations/service/create-service.ts';
import { createTaskSet } from './operations/service/create-task-set.ts';
import { deleteAccountSetting } from './operations/account-setting/delete-account-setting.ts';
import { deleteAttributes } from './operations/container-instance/delete-attributes.ts';
import { deleteCapacityProvider } from './operations/capacity-provider/delete-capacity-provider.ts';
import { deleteCluster } from './operations/cluster/delete-cluster.ts';
import { deleteService } from './operations/service/delete-service.ts';
import { deleteTaskDefinitions } from './operations/task-definition/delete-task-definitions.ts';
import { deleteTaskSet } from './operations/service/delete-task-set.ts';
import { deregisterContainerInstance } from './operations/container-instance/deregister-container-instance.ts';
import { deregisterTaskDefinition } from './operations/task-definition/deregister-task-definition.ts';
import { describeCapacityProviders } from './operations/capacity-provider/describe-capacity-providers.ts';
import { describeClusters } from './operations/cluster/describe-clusters.ts';
import { describeContainerInstances } from './operations/container-instance/describe-container-instances.ts';
import { describeServiceDeployments } from './operations/service/describe-service-deployments.ts';
import { describeServiceRevisions } from './operations/service/describe-service-revisions.ts';
import { describeServices } from './operations/service/describe-services.ts';
import { describeTaskDefinition } from './operations/task-definition/describe-task-definition.ts';
import { describeTaskSets } from './operations/service/describe-task-sets.ts';
import { describeTasks } from './operations/task/describe-tasks.ts';
import { discoverPollEndpoint } from './operations/container-instance/discover-poll-endpoint.ts';
import { getTaskProtection } from './operations/task/get-task-protection.ts';
import { listAccountSettings } from './operations/account-setting/list-account-settings.ts';
import { listAttributes } from './operations/container-instance/list-attributes.ts';
import { listClusters } from './operations/cluster/list-clusters.ts';
import { listContainerInstances } from './operations/container-instance/list-container-instances.ts';
import { listServiceDeployments } from './operations/service/list-service-deployments.ts';
import { listServices } from './operations/service/list-services.ts';
import { listServicesByNamespace } from './operations/service/list-services-by-namespace.ts';
import { listTagsForResource } from './operations/tag/list-tags-for-resource.ts';
import { listTaskDefinitionFamilies } from './operations/task-definition/list-task-definition-families.ts';
import { listTaskDefinitions } from './operations/task-definition/list-task-definitions.ts';
import { listTasks } from './operations/task/list-tasks.ts';
import { putAccountSetting } from './operations/account-setting/put-account-setting.ts';
import { putAccountSettingDefault } from './operations/account-setting/put-account-setting-default.ts';
import { putAttributes } from './operations/container-instance/put-attributes.ts';
import { putClusterCapacityProviders } from './operations/cluster/put-cluster-capacity-providers.ts';
import { registerContainerInstance } from './operations/container-instance/register-container-instance.ts';
import { registerTaskDefinition } from './operations/task-definition/register-task-definition.ts';
import { runTask } from './operations/task/run-task.ts';
import { startTask } from './operations/task/start-task.ts';
import { stopServiceDeployment } from './operations/service/stop-service-deployment.ts';
import { stopTask } from './operations/task/stop-task.ts';
import { submitAttachmentStateChanges } from './operations/task/submit-attachment-state-changes.ts';
import { submitContainerStateChange } from './operations/task/submit-container-state-change.ts';
import { submitTaskStateChange } from './operations/task/submit-task-state-change.ts';
import { tagResource } from './operations/tag/tag-resource.ts';
import { untagResource } from './operations/tag/untag-resource.ts';
import { updateCapacityProvider } from './operations/capacity-provider/update-capacity-provider.ts';
import { updateCluster } from './operations/cluster/update-cluster.ts';
import { updateClusterSettings } from './operations/cluster/update-cluster-settings.ts';
import { updateContainerAgent } from './operations/container-instance/update-container-agent.ts';
import { updateContainerInstancesState } from './operations/container-instance/update-container-instances-state.ts';
import { updateService } from './operations/service/update-service.ts';
import { updateServicePrimaryTaskSet } from './operations/service/update-service-primary-task-set.ts';
import { updateTaskProtection } from './operations/task/update-task-protection.ts';
import { updateTaskSet } from './operations/service/update-task-set.ts';
import { ecsAccess } from './access/access.ts';
import { ecsBuckets } from './buckets.ts';

/** A row for each operation of the model. */
const table: OperationTable<EcsOperations, Ecs> = {
  ContinueServiceDeployment: continueServiceDeployment,
  CreateCapacityProvider: createCapacityProvider,
  CreateCluster: createCluster,
  CreateService: createService,
  CreateTaskSet: createTaskSet,
  DeleteAccountSetting: deleteAccountSetting,
  DeleteAttributes: deleteAttributes,
  DeleteCapacityProvider: deleteCapacityProvider,
  DeleteCluster: deleteCluster,
  DeleteService: deleteService,
  DeleteTaskDefinitions: deleteTaskDefinitions,
  DeleteTaskSet: deleteTaskSet,
  DeregisterContainerInstance: deregisterContainerInstance,
  DeregisterTaskDefinition: deregisterTaskDefinition,
  DescribeCapacityProviders: describeCapacityProviders,
  DescribeClusters: describeClusters,
  DescribeContainerInstances: describeContainerInstances,
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
  DescribeServices: describeServices,
  DescribeTaskDefinition: describeTaskDefinition,
  DescribeTaskSets: describeTaskSets,
  DescribeTasks: describeTasks,
  DiscoverPollEndpoint: discoverPollEndpoint,
  GetTaskProtection: getTaskProtection,
  ListAccountSettings: listAccountSettings,
  ListAttributes: listAttributes,
  ListClusters: listClusters,
  ListContainerInstances: listContainerInstances,
  ListServiceDeployments: listServiceDeployments,
  ListServices: listServices,
  ListServicesByNamespace: listServicesByNamespace,
  ListTagsForResource: listTagsForResource,
  ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
  ListTaskDefinitions: listTaskDefinitions,
  ListTasks: listTasks,
  PutAccountSetting: putAccountSetting,
  PutAccountSettingDefault: putAccountSettingDefault,
  PutAttributes: putAttributes,
  PutClusterCapacityProviders: putClusterCapacityProviders,
  RegisterContainerInstance: registerContainerInstance,
  RegisterTaskDefinition: registerTaskDefinition,
  RunTask: runTask,
  StartTask: startTask,
  StopServiceDeployment: stopServiceDeployment,
  StopTask: stopTask,
  SubmitAttachmentStateChanges: submitAttachmentStateChanges,
  SubmitContainerStateChange: submitContainerStateChange,
  SubmitTaskStateChange: submitTaskStateChange,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateCapacityProvider: updateCapacityProvider,
  UpdateCluster: updateCluster,
  UpdateClusterSettings: updateClusterSettings,
  UpdateContainerAgent: updateContainerAgent,
  UpdateContainerInstancesState: updateContainerInstancesState,
  UpdateService: updateService,
  UpdateServicePrimaryTaskSet: updateServicePrimaryTaskSet,
  UpdateTaskProtection: updateTaskProtection,
  UpdateTaskSet: updateTaskSet,
};

/** The names of the operations that Longshore performs; all others answer UnsupportedFeatureException. */
export const builtOperations: readonly string[] = Object.keys(table);

/** Task definition and cluster operations answer ClientException for a member that is missing, the others InvalidParameterException. */
const clientExceptionOperations = new Set([
  'RegisterTaskDefinition',
  'DeregisterTaskDefinition',
  'DescribeTaskDefinition',
]);

/** The API over `ecs`. */
export function ecsApi(ecs: Ecs): Api {
  return {
    model: ecsModel,
    operations: sealedPages(ecs.pageSeal, { invalid: invalidToken }, operationsOf(table, ecs)),
    access: ecsAccess(ecs.store, operationNames(ecsModel)),
    buckets: ecsBuckets,
    invalid: (operation, message) =>
      clientExceptionOperations.has(operation) ? clientException(message) : invalidParameter(message),
    notServed: (operation) => unsupportedFeature(`the operation ${operation}`),
  };
}
