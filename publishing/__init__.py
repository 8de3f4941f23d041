"""The server side of git push: a gate, atomic releases, previews and a way back."""
