/// A zone could not be had. In a configuration this is a mistake to report, never a reason to go on with UTC.
public struct UnknownZone: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why a zone could not be had.
    public enum Reason: Hashable, Sendable {
        /// The name is not one the database could hold: empty, absolute, with `..`, or with other than letters, digits,
        /// `_ + - /`.
        case invalidName
        /// No directory of the database has a zone of this name.
        case notFound
        /// There is a file, but it breaks RFC 9636; the text says how.
        case damaged(String)
    }

    /// The name asked for, as given.
    public let name: String
    /// Why it could not be had.
    public let reason: Reason

    /// One line for the operator.
    public var description: String {
        switch reason {
        case .invalidName: "“\(name)” cannot be the name of a time zone"
        case .notFound: "no time zone is named “\(name)” in the system's database"
        case .damaged(let how): "the file of time zone “\(name)” is damaged: \(how)"
        }
    }
}
