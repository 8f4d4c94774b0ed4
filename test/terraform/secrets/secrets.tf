variable "changed" {
  type    = bool
  default = false
}

locals {
  rev = var.changed ? "two" : "one"
}

resource "aws_kms_key" "shop" {
  description             = "shop ${local.rev}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  tags                    = { rev = local.rev }
}

resource "aws_kms_alias" "shop" {
  name          = "alias/shop"
  target_key_id = aws_kms_key.shop.key_id
}

resource "aws_kms_grant" "shop" {
  name              = "shop"
  key_id            = aws_kms_key.shop.key_id
  grantee_principal = "arn:aws:iam::000000000000:role/shop"
  operations        = ["Decrypt", "DescribeKey"]
}

resource "aws_secretsmanager_secret" "db" {
  name                    = "shop/db"
  description             = "database, ${local.rev}"
  kms_key_id              = aws_kms_key.shop.arn
  recovery_window_in_days = 0
  tags                    = { rev = local.rev }
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ user = "shop", password = local.rev })
}

resource "aws_secretsmanager_secret_policy" "db" {
  secret_arn = aws_secretsmanager_secret.db.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::000000000000:root" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}

resource "aws_secretsmanager_secret" "plain" {
  name                    = "shop/plain"
  recovery_window_in_days = 0
}

resource "aws_ssm_parameter" "url" {
  name        = "/shop/db/url"
  description = "where it is"
  type        = "String"
  value       = "postgres://${local.rev}"
  tags        = { rev = local.rev }
}

resource "aws_ssm_parameter" "hosts" {
  name  = "/shop/hosts"
  type  = "StringList"
  value = "a,b"
}

resource "aws_ssm_parameter" "token" {
  name   = "/shop/token"
  type   = "SecureString"
  key_id = aws_kms_alias.shop.name
  value  = "hush ${local.rev}"
}

resource "aws_ssm_parameter" "default_key" {
  name  = "/shop/other"
  type  = "SecureString"
  value = "hush"
}

data "aws_ssm_parameter" "host" {
  name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"
}

data "aws_kms_alias" "secrets" {
  name       = "alias/shop"
  depends_on = [aws_kms_alias.shop]
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id  = aws_secretsmanager_secret.db.id
  depends_on = [aws_secretsmanager_secret_version.db]
}

output "host" {
  value = nonsensitive(data.aws_ssm_parameter.host.value)
}

output "db" {
  value = nonsensitive(data.aws_secretsmanager_secret_version.db.secret_string)
}

output "key" {
  value = data.aws_kms_alias.secrets.target_key_id == aws_kms_key.shop.key_id
}
