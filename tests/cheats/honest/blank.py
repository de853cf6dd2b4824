# As it was handed out.
# earns: 0
