variable "name" {
  default = "one"
}

data "aws_caller_identity" "current" {}

output "account" {
  value = data.aws_caller_identity.current.account_id
}

output "name" {
  value = var.name
}
