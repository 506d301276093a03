"""What is here for speed and memory alone, around the model and its loop.

    shapes      the few sizes that are compiled: chunks, padding, caches
    prefill     prompts of any lengths into a cache
    groups      how many texts are drawn together
    generate    texts from prompts: prefill, the loop, a larger cache, the loop again
    allocator   memory that goes back to the system

Nothing here changes a probability. Each figure beside a choice is a ratio of one run on
two cores; `benchmarks/README.md` tells how they were measured.
"""
