"""What is seen: figures, exports, pages and their parts."""
