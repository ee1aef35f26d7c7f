"""Ports: protocols for the outside services that the product needs: email, storage, PDFs, payments,
webhooks and language models. `adapters` implements them.
"""
