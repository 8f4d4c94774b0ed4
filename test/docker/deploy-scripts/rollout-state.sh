#!/bin/sh
# Rolls the latest revision of FAMILY out in SERVICE of CLUSTER; ends by the state of the PRIMARY deployment's rollout.
set -eu

primary() {
  aws ecs describe-services --cluster "$CLUSTER" --services "$SERVICE" --output text \
    --query "services[0].deployments[?status=='PRIMARY'].$1 | [0]"
}

aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$FAMILY" \
  --output text --query 'service.deployments[0].id'

left=25
while [ "$left" -gt 0 ]; do
  case "$(primary rolloutState)" in
    COMPLETED)
      echo "$SERVICE: $(primary rolloutStateReason)"
      exit 0
      ;;
    FAILED)
      echo "$SERVICE: $(primary rolloutStateReason)" >&2
      exit 1
      ;;
  esac
  left=$((left - 1))
  sleep 3
done
echo "$SERVICE is still rolling out" >&2
exit 2
