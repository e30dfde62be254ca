// The public face of HTTPServer.
