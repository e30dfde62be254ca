// The public face of StoreAPI.
