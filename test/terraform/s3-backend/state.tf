terraform {
  backend "s3" {
    bucket         = "shop-state"
    key            = "shop/terraform.tfstate"
    region         = "us-east-1"
    use_lockfile   = true
    use_path_style = true
  }
}

variable "changed" {
  type    = bool
  default = false
}

resource "terraform_data" "shop" {
  input = var.changed ? "two" : "one"
}

output "shop" {
  value = terraform_data.shop.output
}
