"""What is here for speed and memory alone, around the model and its loop.

    sizes           chunks, padding, caches and groups of texts come in few sizes
    prefill         prompts of any lengths into a cache
    generate        texts from prompts: prefill, the loop, a larger cache, and again
    likeliest       texts that are there already, read to see if they would be written

Nothing here changes a probability. Each figure beside a choice is a ratio of one run on
two cores; `benchmarks/README.md` tells how they were measured.
"""
