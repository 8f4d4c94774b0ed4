#!/bin/sh
# Puts IMAGE into SERVICE of CLUSTER once a task of the new revision has run MIGRATION, a line of shell, with success. Needs python3.
set -eu

files=$(mktemp -d)
trap 'rm -r "$files"' EXIT

aws ecs describe-task-definition --task-definition "$FAMILY" --output json > "$files/before.json"
python3 - "$files" "$IMAGE" "$MIGRATION" << 'END'
import json, sys
files, image, migration = sys.argv[1:]
with open(files + "/before.json") as file:
    definition = json.load(file)["taskDefinition"]
for member in ("taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "registeredBy"):
    definition.pop(member, None)
container = definition["containerDefinitions"][0]
container["image"] = image
with open(files + "/next.json", "w") as file:
    json.dump(definition, file)
with open(files + "/overrides.json", "w") as file:
    command = ["sh", "-c", migration]
    json.dump({"containerOverrides": [{"name": container["name"], "command": command}]}, file)
END
next=$(aws ecs register-task-definition --cli-input-json "file://$files/next.json" --output text \
  --query taskDefinition.taskDefinitionArn)

task=$(aws ecs run-task --cluster "$CLUSTER" --task-definition "$next" --overrides "file://$files/overrides.json" \
  --started-by migration --output text --query 'tasks[0].taskArn')
aws ecs wait tasks-stopped --cluster "$CLUSTER" --tasks "$task"
code=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --output text \
  --query 'tasks[0].containers[0].exitCode')
if [ "$code" != 0 ]; then
  echo "the migration has ended with $code: nothing is rolled out" >&2
  exit 1
fi

aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$next" > "$files/update.json"
aws ecs wait services-stable --cluster "$CLUSTER" --services "$SERVICE"
echo "$SERVICE runs $next"
