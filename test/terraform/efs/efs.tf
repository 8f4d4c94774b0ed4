variable "rev" {
  default = "one"
}

variable "throughput" {
  default = "bursting"
}

resource "aws_efs_file_system" "shop" {
  creation_token   = "shop"
  encrypted        = true
  performance_mode = "generalPurpose"
  throughput_mode  = var.throughput
  tags             = { Name = "shop", rev = var.rev }

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
  lifecycle_policy {
    transition_to_primary_storage_class = "AFTER_1_ACCESS"
  }
}

resource "aws_efs_access_point" "data" {
  file_system_id = aws_efs_file_system.shop.id
  tags           = { rev = var.rev }

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
      Action    = var.rev == "one" ? ["elasticfilesystem:ClientMount"] : ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource  = aws_efs_file_system.shop.arn
    }]
  })
}

resource "aws_efs_backup_policy" "shop" {
  file_system_id = aws_efs_file_system.shop.id
  backup_policy {
    status = var.rev == "one" ? "ENABLED" : "DISABLED"
  }
}

data "aws_efs_file_system" "shop" {
  creation_token = "shop"
  depends_on     = [aws_efs_file_system.shop]
}

output "path" {
  value = aws_efs_access_point.data.root_directory[0].path
}

output "tags" {
  value = data.aws_efs_file_system.shop.tags["rev"]
}
