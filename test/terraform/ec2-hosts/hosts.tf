variable "changed" {
  type    = bool
  default = false
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

data "aws_route_table" "main" {
  vpc_id = data.aws_vpc.default.id

  filter {
    name   = "association.main"
    values = ["true"]
  }
}

data "aws_security_group" "default" {
  vpc_id = data.aws_vpc.default.id
  name   = "default"
}

data "aws_ec2_instance_type" "host" {
  instance_type = "t3.small"
}

data "aws_ami" "host" {
  owners      = ["amazon"]
  most_recent = true

  filter {
    name   = "name"
    values = ["amzn2-ami-ecs-hvm-*-x86_64-ebs"]
  }
}

resource "aws_key_pair" "host" {
  key_name   = "host"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f host"
  tags       = { stage = var.changed ? "second" : "first" }
}

resource "aws_launch_template" "host" {
  name                   = "host"
  description            = var.changed ? "the second" : "the first"
  image_id               = data.aws_ami.host.image_id
  instance_type          = data.aws_ec2_instance_type.host.instance_type
  key_name               = aws_key_pair.host.key_name
  user_data              = base64encode("#!/bin/sh\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config\n")
  vpc_security_group_ids = [data.aws_security_group.default.id]
  update_default_version = true
  ebs_optimized          = true
  tags                   = { stage = "template" }

  iam_instance_profile {
    arn = "arn:aws:iam::000000000000:instance-profile/host"
  }

  monitoring {
    enabled = var.changed
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size           = 30
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "host" }
  }
}

resource "aws_network_interface" "task" {
  subnet_id       = data.aws_subnets.default.ids[0]
  security_groups = [data.aws_security_group.default.id]
  description     = var.changed ? "of another task" : "of a task"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = data.aws_vpc.default.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [data.aws_route_table.main.id]
  tags            = { stage = var.changed ? "second" : "first" }
}

resource "aws_vpc_endpoint" "logs" {
  vpc_id              = data.aws_vpc.default.id
  service_name        = "com.amazonaws.us-east-1.logs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = slice(sort(data.aws_subnets.default.ids), 0, var.changed ? 2 : 1)
  security_group_ids  = [data.aws_security_group.default.id]
}

resource "aws_vpc_dhcp_options" "own" {
  domain_name         = "hosts.internal"
  domain_name_servers = ["AmazonProvidedDNS"]
}

resource "aws_vpc_dhcp_options_association" "own" {
  vpc_id          = data.aws_vpc.default.id
  dhcp_options_id = aws_vpc_dhcp_options.own.id
}

resource "aws_flow_log" "rejected" {
  vpc_id               = data.aws_vpc.default.id
  traffic_type         = "REJECT"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::flow-logs"
}

output "latest" {
  value = aws_launch_template.host.latest_version
}
