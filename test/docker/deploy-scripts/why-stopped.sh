#!/bin/sh
# Why the tasks of SERVICE of CLUSTER stopped: a line each, with its definition, its own reason, and its containers' reasons.
set -eu

tasks=$(aws ecs list-tasks --cluster "$CLUSTER" --service-name "$SERVICE" --desired-status STOPPED \
  --output text --query 'taskArns[]')
# One word each.
# shellcheck disable=SC2086
aws ecs describe-tasks --cluster "$CLUSTER" --tasks $tasks --output text \
  --query 'tasks[].[taskDefinitionArn, stopCode, stoppedReason, containers[0].reason]'
