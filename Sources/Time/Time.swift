// The public face of Time.
