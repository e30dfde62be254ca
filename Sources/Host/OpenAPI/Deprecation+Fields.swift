import HTTPServer
import PluginAPI
import Time

extension Deprecation {
    /// What answers say of it: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and where to read more.
    var fields: HeaderFields {
        var fields = HeaderFields()
        fields.add("deprecation", "@\(Zone.utc.startOfDay(since).seconds)")
        fields.add("sunset", Zone.utc.startOfDay(sunset).httpDate)
        fields.add("link", "</docs/migration>; rel=\"deprecation\"; type=\"text/html\"")
        return fields
    }

    /// For the documents.
    var sentence: String {
        let what = field.map { "The field \($0)" } ?? "This"
        return "\(what) is deprecated since \(since) and may be gone from \(sunset) on: use \(instead)."
    }
}
