// The public face of Workers.
