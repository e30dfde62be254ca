// The public face of PluginAPI.
