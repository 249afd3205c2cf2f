"""The figures of the README, each as one measurement that anyone can run again."""
