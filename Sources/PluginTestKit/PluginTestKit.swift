// The public face of PluginTestKit.
