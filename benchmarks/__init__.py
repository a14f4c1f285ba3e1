"""What Ajar claims about its speed, measured where it runs. `make bench` runs all of it on both databases."""
