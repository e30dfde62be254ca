import PluginAPI

/// What a message says, before it is made ready for its channel.
struct MessageWords: Sendable, Equatable {
    var subject: String
    /// Plain text.
    var body: String
    /// For mail: what stands inside the frame; made from the text when nil.
    var html: HTML?
    /// The tag of the language they are in.
    var language: String
}

/// A message in words, ready for its channel.
struct RenderedMessage: Sendable, Equatable {
    /// One line; empty where the channel has none.
    var subject: String
    /// Plain text.
    var body: String
    /// For mail: a whole document.
    var html: String?
}
