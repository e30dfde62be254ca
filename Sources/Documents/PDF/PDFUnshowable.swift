/// Text that a document cannot show: no font has its characters, or its script needs shaping, which is not done here. A
/// page of HTML shows it.
public struct PDFUnshowable: Error, Equatable {
    /// The characters, each once, at most 20.
    public let characters: [Unicode.Scalar]

    public init(characters: [Unicode.Scalar]) { self.characters = characters }
}
