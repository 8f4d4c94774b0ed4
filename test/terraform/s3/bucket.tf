variable "changed" {
  type    = bool
  default = false
}

locals {
  rev  = var.changed ? "two" : "one"
  days = var.changed ? 60 : 30
}

data "aws_canonical_user_id" "current" {}

resource "aws_s3_bucket" "site" {
  bucket = "shop-site"
  tags = {
    rev  = local.rev
    team = "shop"
  }
}

resource "aws_s3_bucket_versioning" "site" {
  bucket = aws_s3_bucket.site.id
  versioning_configuration {
    status = var.changed ? "Suspended" : "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  block_public_policy     = !var.changed
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "site" {
  bucket = aws_s3_bucket.site.id
  rule {
    object_ownership = var.changed ? "BucketOwnerPreferred" : "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = var.changed ? "aws:kms" : "AES256"
    }
    bucket_key_enabled = true
  }
}

data "aws_iam_policy_document" "site" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.site.arn, "${aws_s3_bucket.site.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:PrincipalAccount"
      values   = ["000000000000"]
    }
  }
  statement {
    actions   = [var.changed ? "s3:PutObject" : "s3:GetObject"]
    resources = ["${aws_s3_bucket.site.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::000000000000:root"]
    }
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = data.aws_iam_policy_document.site.json
}

resource "aws_s3_bucket_lifecycle_configuration" "site" {
  bucket     = aws_s3_bucket.site.id
  depends_on = [aws_s3_bucket_versioning.site]

  rule {
    id     = "logs"
    status = "Enabled"
    filter {
      prefix = "logs/"
    }
    expiration {
      days = local.days
    }
    transition {
      days          = 20
      storage_class = "STANDARD_IA"
    }
  }

  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days           = local.days
      newer_noncurrent_versions = 3
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  rule {
    id     = "large"
    status = var.changed ? "Disabled" : "Enabled"
    filter {
      and {
        prefix                   = "tmp/"
        object_size_greater_than = 5000000000
        tags = {
          kind = "scratch"
        }
      }
    }
    expiration {
      date = "2030-01-01T00:00:00Z"
    }
  }
}

resource "aws_s3_bucket_cors_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  cors_rule {
    allowed_methods = ["GET", "PUT"]
    allowed_origins = ["https://${local.rev}.example.com"]
    allowed_headers = ["*"]
    expose_headers  = ["ETag"]
    max_age_seconds = 600
  }
}

resource "aws_s3_bucket" "plain" {
  bucket_prefix = "shop-"
  force_destroy = false
}

resource "aws_s3_object" "page" {
  bucket        = aws_s3_bucket.site.id
  key           = "pages/ä b.html"
  content       = "<h1>${local.rev}</h1>"
  content_type  = "text/html"
  cache_control = "max-age=${local.days}"
  metadata = {
    rev = local.rev
  }
  tags = {
    rev  = local.rev
    kind = "page"
  }
  depends_on = [aws_s3_bucket_versioning.site, aws_s3_bucket_server_side_encryption_configuration.site]
}

# Without versions; its file is compared by the ETag.
resource "aws_s3_object" "plain" {
  bucket       = aws_s3_bucket.plain.id
  key          = "settings.json"
  content      = jsonencode({ rev = local.rev })
  content_type = "application/json"
  etag         = md5(jsonencode({ rev = local.rev }))
}

resource "aws_s3_object_copy" "page" {
  bucket = aws_s3_bucket.plain.id
  key    = "copy.json"
  source = "${aws_s3_object.plain.bucket}/${aws_s3_object.plain.key}"
}

data "aws_s3_object" "plain" {
  bucket = aws_s3_object.plain.bucket
  key    = aws_s3_object.plain.key
}

data "aws_s3_objects" "site" {
  bucket     = aws_s3_bucket.site.id
  prefix     = "pages/"
  depends_on = [aws_s3_object.page]
}

data "aws_s3_bucket" "site" {
  bucket = aws_s3_bucket.site.id
}

output "buckets" {
  value = [data.aws_s3_bucket.site.arn, data.aws_s3_bucket.site.region, aws_s3_bucket.plain.bucket_prefix]
}

output "owner" {
  value = length(data.aws_canonical_user_id.current.id)
}

output "objects" {
  value = [data.aws_s3_object.plain.body, data.aws_s3_objects.site.keys[0], aws_s3_object.page.etag]
}
