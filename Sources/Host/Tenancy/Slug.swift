/// The name of a tenant in addresses and folders.
enum Slug {
    /// What ``isValid(_:)`` allows, completing "must be …".
    static let allowed = "1 to 40 lower-case letters, digits and dashes, with no dash at either end"

    /// `[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?`: a DNS label, so that `<slug>.<baseDomain>` is a host name.
    static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        return (1...40).contains(bytes.count) && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
            && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
