"""The room trains one model together: each phone is a part of the batch.

    model       the model's shape, and its first weights
    averaging   one step: what all phones found is added up, and the weights are turned
    frames      weights and gradients as they are sent
    run         a training from one step to the next: whose gradients count

These need NumPy, which is loaded when a training begins and not before.
"""
