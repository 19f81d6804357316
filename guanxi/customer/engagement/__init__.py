"""What colleagues owe customers and each other: promises and tasks, with the files and pins kept beside them."""
