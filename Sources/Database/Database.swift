// The public face of Database.
