#!/bin/sh
# Puts IMAGE into SERVICE of CLUSTER; waits until one deployment is left with all of its tasks, and looks at what they run. Needs jq.
set -eu

service() {
  aws ecs describe-services --cluster "$CLUSTER" --services "$SERVICE" --output text --query "services[0].$1"
}

files=$(mktemp -d)
trap 'rm -r "$files"' EXIT

aws ecs describe-task-definition --task-definition "$(service taskDefinition)" --output json \
  --query taskDefinition > "$files/before.json"
jq --arg image "$IMAGE" '
  del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy)
  | .containerDefinitions[0].image = $image' "$files/before.json" > "$files/next.json"
next=$(aws ecs register-task-definition --cli-input-json "file://$files/next.json" --output text \
  --query taskDefinition.taskDefinitionArn)
family=$(jq -r .family "$files/next.json")
aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$family" > "$files/update.json"

left=25
until [ "$(service '{done: length(deployments) == `1` && runningCount == desiredCount}.done')" = True ]; do
  left=$((left - 1))
  if [ "$left" -eq 0 ]; then
    echo "$SERVICE is not there in time" >&2
    exit 1
  fi
  sleep 3
done

tasks=$(aws ecs list-tasks --cluster "$CLUSTER" --service-name "$SERVICE" --output text --query 'taskArns[]')
# One word each.
# shellcheck disable=SC2086
run=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks $tasks --output text --query 'tasks[].taskDefinitionArn')
for definition in $run; do
  if [ "$definition" != "$next" ]; then
    echo "a task runs $definition" >&2
    exit 1
  fi
done
echo "$(echo "$run" | wc -w) tasks run $next"
