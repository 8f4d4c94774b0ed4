variable "changed" {
  type    = bool
  default = false
}

locals {
  level   = var.changed ? "debug" : "info"
  session = var.changed ? 7200 : 3600
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy" "execution" {
  arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "task" {
  name                 = "task"
  path                 = "/service/"
  description          = "what tasks of ${local.level} may do"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = local.session

  tags = {
    level = local.level
  }
}

resource "aws_iam_role_policy" "inline" {
  name = "logs"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:*:*:log-group:/${local.level}/*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.task.name
  policy_arn = data.aws_iam_policy.execution.arn
}

resource "aws_iam_policy" "run" {
  name        = "run-web"
  path        = "/team/"
  description = "runs one task definition"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = local.level == "info" ? ["ecs:RunTask"] : ["ecs:RunTask", "ecs:StopTask"]
      Resource = "*"
      Condition = {
        ArnEquals = { "ecs:cluster" = "arn:aws:ecs:us-east-1:000000000000:cluster/default" }
      }
    }]
  })

  tags = {
    level = local.level
  }
}

resource "aws_iam_role_policy_attachment" "run" {
  role       = aws_iam_role.task.name
  policy_arn = aws_iam_policy.run.arn
}

resource "aws_iam_role" "host" {
  name = "host"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_instance_profile" "host" {
  name = "host"
  role = aws_iam_role.host.name

  tags = {
    level = local.level
  }
}

resource "aws_iam_group" "staff" {
  name = "staff"
}

resource "aws_iam_group_policy_attachment" "staff" {
  group      = aws_iam_group.staff.name
  policy_arn = aws_iam_policy.run.arn
}

resource "aws_iam_user" "ada" {
  name                 = "ada"
  permissions_boundary = "arn:aws:iam::aws:policy/AmazonECS_FullAccess"
  force_destroy        = true

  tags = {
    level = local.level
  }
}

resource "aws_iam_user_group_membership" "ada" {
  user   = aws_iam_user.ada.name
  groups = [aws_iam_group.staff.name]
}

resource "aws_iam_user_policy" "ada" {
  name   = "own-keys"
  user   = aws_iam_user.ada.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iam:*AccessKey*"
      Resource = "arn:aws:iam::*:user/$${aws:username}"
    }]
  })
}

resource "aws_iam_access_key" "ada" {
  user = aws_iam_user.ada.name
}

output "role" {
  value = aws_iam_role.task.arn
}

output "key" {
  value     = aws_iam_access_key.ada.id
}
