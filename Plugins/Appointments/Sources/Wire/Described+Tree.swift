internal import PluginAPI

extension Described {
    /// As a tree, for the audit log: what it was before a change, and after.
    var tree: JSON { (try? JSONDocument(Self.schema.encode(self)).root.tree) ?? .null }
}
