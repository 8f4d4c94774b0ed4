variable "changed" {
  type    = bool
  default = false
}

resource "aws_ecr_repository" "web" {
  name                 = "shop/web"
  image_tag_mutability = var.changed ? "MUTABLE" : "IMMUTABLE"
  force_delete         = true
  tags                 = { stage = var.changed ? "second" : "first" }

  image_scanning_configuration {
    scan_on_push = var.changed
  }
}

resource "aws_ecr_repository" "plain" {
  name = "plain"
}

resource "aws_ecr_lifecycle_policy" "web" {
  repository = aws_ecr_repository.web.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "untagged images go"
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = var.changed ? 14 : 7
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 2
        selection = {
          tagStatus      = "tagged"
          tagPatternList = ["release-*"]
          countType      = "imageCountMoreThan"
          countNumber    = 20
        }
        action = { type = "expire" }
      },
    ]
  })
}

resource "aws_ecr_repository_policy" "web" {
  repository = aws_ecr_repository.web.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "pull"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::000000000000:root" }
      Action    = concat(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], var.changed ? ["ecr:PutImage"] : [])
    }]
  })
}

data "aws_ecr_repository" "web" {
  name       = aws_ecr_repository.web.name
  depends_on = [aws_ecr_repository.web]
}

output "url" {
  value = aws_ecr_repository.web.repository_url
}

output "mutability" {
  value = data.aws_ecr_repository.web.image_tag_mutability
}
