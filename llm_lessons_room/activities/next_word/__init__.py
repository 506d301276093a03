"""Each phone writes the next word; the class model’s own stand among them."""
