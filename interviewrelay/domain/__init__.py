"""The verbs of the product, one file a noun. No Flask and no adapters: ports come as arguments."""
