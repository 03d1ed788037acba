"""Uploaded content: storage by hash, types found by looking, images, and validators of proof."""
