"""The typeface of the chat page: Vazirmatn 33.0.3, unchanged, under the licence in OFL.txt."""
