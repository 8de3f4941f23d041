"""What stands beside the pages: open data, assets, policy, copies for use offline, the record, and the verification."""
