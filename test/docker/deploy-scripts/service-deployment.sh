#!/bin/sh
# Rolls the latest revision of FAMILY out in SERVICE of CLUSTER; ends by the status of the service deployment.
set -eu

aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$FAMILY" \
  --output text --query service.taskDefinition
deployment=$(aws ecs list-service-deployments --cluster "$CLUSTER" --service "$SERVICE" --output text \
  --query 'serviceDeployments[0].serviceDeploymentArn')

left=25
while [ "$left" -gt 0 ]; do
  told=$(aws ecs describe-service-deployments --service-deployment-arns "$deployment" --output text \
    --query 'serviceDeployments[0].[status, statusReason]')
  case "$told" in
    PENDING* | IN_PROGRESS* | *_REQUESTED* | ROLLBACK_IN_PROGRESS*) ;;
    SUCCESSFUL*)
      echo "$told"
      exit 0
      ;;
    *)
      echo "$told" >&2
      exit 1
      ;;
  esac
  left=$((left - 1))
  sleep 3
done
echo "$told, still" >&2
exit 2
