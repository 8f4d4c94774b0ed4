variable "changed" {
  type    = bool
  default = false
}

locals {
  rev        = var.changed ? "two" : "one"
  throughput = var.changed ? "elastic" : "bursting"
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_security_group" "default" {
  vpc_id = data.aws_vpc.default.id
  name   = "default"
}

resource "aws_efs_file_system" "shop" {
  creation_token   = "shop"
  encrypted        = true
  performance_mode = "generalPurpose"
  throughput_mode  = local.throughput
  tags             = { Name = "shop", rev = local.rev }

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
  lifecycle_policy {
    transition_to_primary_storage_class = "AFTER_1_ACCESS"
  }
}

resource "aws_efs_access_point" "data" {
  file_system_id = aws_efs_file_system.shop.id
  tags           = { rev = local.rev }

  posix_user {
    uid            = 1000
    gid            = 1000
    secondary_gids = [1001]
  }

  root_directory {
    path = "/shop/data"
    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "0755"
    }
  }
}

resource "aws_efs_access_point" "plain" {
  file_system_id = aws_efs_file_system.shop.id
}

resource "aws_efs_file_system_policy" "shop" {
  file_system_id = aws_efs_file_system.shop.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = local.rev == "one" ? ["elasticfilesystem:ClientMount"] : ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource  = aws_efs_file_system.shop.arn
    }]
  })
}

resource "aws_efs_backup_policy" "shop" {
  file_system_id = aws_efs_file_system.shop.id
  backup_policy {
    status = local.rev == "one" ? "ENABLED" : "DISABLED"
  }
}

resource "aws_security_group" "nfs" {
  name   = "nfs"
  vpc_id = data.aws_vpc.default.id

  ingress {
    from_port   = 2049
    to_port     = 2049
    protocol    = "tcp"
    cidr_blocks = [data.aws_vpc.default.cidr_block]
  }
}

resource "aws_efs_mount_target" "shop" {
  file_system_id  = aws_efs_file_system.shop.id
  subnet_id       = sort(data.aws_subnets.default.ids)[0]
  security_groups = var.changed ? [aws_security_group.nfs.id, data.aws_security_group.default.id] : [aws_security_group.nfs.id]
}

data "aws_efs_mount_target" "shop" {
  mount_target_id = aws_efs_mount_target.shop.id
}

data "aws_efs_file_system" "shop" {
  creation_token = "shop"
  depends_on     = [aws_efs_file_system.shop]
}

output "mounted" {
  value = data.aws_efs_mount_target.shop.ip_address == aws_efs_mount_target.shop.ip_address
}

output "path" {
  value = aws_efs_access_point.data.root_directory[0].path
}

output "tags" {
  value = data.aws_efs_file_system.shop.tags["rev"]
}
