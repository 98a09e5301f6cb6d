"""Questions about jobs and tasks."""
