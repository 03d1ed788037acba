"""Use cases of processes: facts for a decision, what follows from a move, what happens when time runs out."""

from xiaolu.process.effects import apply_creation, apply_effects, load_move_facts
from xiaolu.process.merging import follow_merge
from xiaolu.process.sweeps import sweep_stage_limits, sweep_windows

__all__ = ["apply_creation", "apply_effects", "follow_merge", "load_move_facts", "sweep_stage_limits", "sweep_windows"]
