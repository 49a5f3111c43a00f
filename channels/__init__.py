"""The public edge: each channel parses, calls one use case, and renders."""
