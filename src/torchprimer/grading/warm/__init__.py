"""Warm, isolated kernels: each is forked from a process that has imported everything already.

`provisioner.WarmProvisioner` is what Jupyter sees; `policy` lists what a submission may see and use, and
`limits` what a breach is called. `zygote` starts and talks to the process that is forked, which runs
`server`, inside the sandbox of `sandbox` (bubblewrap). Every kernel is three generations: the server, a
`guard` that is process 1 of the kernel's own namespaces, and the `kernel` itself. `system` has the few
calls of Linux that Python lacks, `cgroups` limits that hold for all processes of a kernel together, and
`client` a client that does not wait for silence. Nothing here imports torch, except in the server.
"""
