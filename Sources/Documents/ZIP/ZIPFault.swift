/// Why a file cannot go into an archive.
public enum ZIPFault: Error, Equatable {
    /// Empty, absolute, with `..`, a backslash, a control character, or longer than 65,535 bytes.
    case name(String)
    /// There is a file of this name.
    case duplicate(String)
    /// The file had another length than was said.
    case length(said: Int, was: Int)
    /// More files than an archive of this writer may have.
    case tooMany
    /// A file was begun before another's end, or bytes came for none.
    case order
}
