// A plugin imports this module alone: time and the store's types come with it.
@_exported public import StoreAPI
@_exported public import Time
