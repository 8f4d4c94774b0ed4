variable "changed" {
  type    = bool
  default = false
}

data "aws_caller_identity" "current" {}

output "account" {
  value = data.aws_caller_identity.current.account_id
}

output "name" {
  value = var.changed ? "two" : "one"
}
