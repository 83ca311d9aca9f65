"""What tests share: guards and the accessibility kit."""
