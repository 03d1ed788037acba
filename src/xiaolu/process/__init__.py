"""How records move: what each stage demands, freezes, windows, time limits and who is told."""
