"""Language models and sentence embeddings."""
