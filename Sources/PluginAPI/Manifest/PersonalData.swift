/// Where a plugin keeps data about a person, for the person's export and erasure (GDPR art. 15, 17, 20).
public struct PersonalData: Sendable, Equatable {
    /// A table of the plugin.
    public let table: String
    /// The column that holds the person's id.
    public let person: String
    /// The columns a person gets in an export.
    public let exported: [String]
    /// Those of them that lie sealed, with the tags of their types (``Sealable/sealTag``); an export opens them.
    public let sealed: [String: String]
    /// What erasure does with the rows.
    public let erasure: Erasure

    /// What erasure does with the rows of a person.
    public enum Erasure: Sendable, Equatable {
        /// They are deleted.
        case delete
        /// They stay, for others or for the law, with these columns set to null and the person's id replaced.
        case anonymise(columns: [String])
        /// They stay as they are, for the reason given.
        case keep(because: String)
    }

    public init(
        table: String, person: String, exported: [String], sealed: [String: String] = [:], erasure: Erasure
    ) {
        self.table = table
        self.person = person
        self.exported = exported
        self.sealed = sealed
        self.erasure = erasure
    }
}

extension PersonalData {
    /// The names of the table and of every column that it tells of.
    var names: [String] {
        var names = [table, person] + exported + sealed.keys
        if case .anonymise(let columns) = erasure { names += columns }
        return names
    }
}
