"""What checks a learner's answers; the exercises themselves lie with their lessons."""
