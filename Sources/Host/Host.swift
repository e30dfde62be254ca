// The public face of Host.
