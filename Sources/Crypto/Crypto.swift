// The public face of Crypto.
