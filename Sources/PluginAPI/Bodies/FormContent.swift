/// A form that has been read: its texts, and what is known of its files.
public struct FormContent: Sendable {
    /// Texts by name, in the order of their first.
    public var values: [FormValue.Member] { root.members }
    /// Files in the order they came.
    public private(set) var uploads: [(name: String, upload: Upload)] = []
    private var root = FormValue()

    public init() {}

    /// Adds a field; `name[key]` is taken apart.
    public mutating func add(_ text: String, to name: String) { root.add(text, at: FormValue.path(of: name)[...]) }

    /// Adds a file.
    public mutating func add(_ upload: Upload, to name: String) { uploads.append((name, upload)) }

    func input(_ name: String) -> Input {
        let files = uploads.filter { $0.name == name }.map(\.upload)
        if !files.isEmpty { return .files(files) }
        return root.members.first { $0.key == name }.map { .form($0.value) } ?? .absent
    }
}
