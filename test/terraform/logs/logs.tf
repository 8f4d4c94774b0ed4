variable "changed" {
  type    = bool
  default = false
}

locals {
  rev       = var.changed ? "two" : "one"
  retention = var.changed ? 30 : 7
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/app/web"
  retention_in_days = local.retention
  tags              = { rev = local.rev }
}

resource "aws_cloudwatch_log_group" "kept" {
  name            = "/app/kept"
  log_group_class = "INFREQUENT_ACCESS"
}

resource "aws_cloudwatch_log_stream" "web" {
  name           = "web/1"
  log_group_name = aws_cloudwatch_log_group.app.name
}

resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  log_group_name = aws_cloudwatch_log_group.app.name
  pattern        = "{ $.level = \"ERROR\" && $.rev = \"${local.rev}\" }"

  metric_transformation {
    name      = "errors"
    namespace = "app"
    value     = "1"
    unit      = "Count"
    dimensions = {
      level = "$.level"
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "all" {
  name           = "all"
  log_group_name = aws_cloudwatch_log_group.app.name
  pattern        = ""

  metric_transformation {
    name          = "events"
    namespace     = "app"
    value         = "1"
    default_value = 0
  }
}

resource "aws_cloudwatch_query_definition" "slow" {
  name            = "app/slow-${local.rev}"
  log_group_names = [aws_cloudwatch_log_group.app.name]
  query_string    = "fields @timestamp, ms | filter ms > 100 | sort ms desc"
}

data "aws_cloudwatch_log_groups" "app" {
  log_group_name_prefix = "/app/"
  depends_on            = [aws_cloudwatch_log_group.app, aws_cloudwatch_log_group.kept]
}

output "groups" {
  value = sort(data.aws_cloudwatch_log_groups.app.log_group_names)
}

output "arn" {
  value = aws_cloudwatch_log_group.app.arn
}
