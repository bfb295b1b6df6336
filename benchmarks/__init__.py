"""Measurements that are run by hand, and the inputs they need."""
