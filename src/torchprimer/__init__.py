"""The code behind the torchprimer lessons."""
