"""The rules and the language: plain functions over plain values, with no clock and no input or output."""
