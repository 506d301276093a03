"""What is here for speed and memory alone, around the model and its loop.

    compiled_sizes  chunks, padding and caches come in few sizes
    prefill         prompts of any lengths into a cache
    batch_sizes     how many texts are drawn together
    generate        texts from prompts: prefill, the loop, a larger cache, and again
    likeliest       texts that are there already, read to see if they would be written
    allocator       memory that goes back to the system

Nothing here changes a probability. Each figure beside a choice is a ratio of one run on
two cores; `benchmarks/README.md` tells how they were measured.
"""
