"""What was measured in people, as data: every number a model here may be fitted to or held against."""
