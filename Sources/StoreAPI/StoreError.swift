/// What a statement or a transaction can fail with.
///
/// It is never shown to a client: the host maps it to a status and writes it to the log.
public struct StoreError: Error, Sendable, Equatable {
    /// What sort of failure it is; the host decides by this alone.
    public enum Kind: Sendable, Equatable {
        /// A UNIQUE or PRIMARY KEY constraint, with the columns it names (`table.column, …`).
        case unique(String)
        /// A CHECK, NOT NULL or FOREIGN KEY constraint, with what it names.
        case constraint(String)
        /// A trigger raised ABORT with this message: a rule of the schema refused the row.
        case refused(String)
        /// The authorizer or a rule about statements denied it: a fault of the plugin.
        case denied
        /// The statement or row budget of the transaction is used up.
        case overBudget
        /// A read took longer than it may.
        case interrupted
        /// Another connection holds the file; the caller may try again.
        case busy
        /// Too many writes are waiting; the caller is told to come back.
        case overloaded
        /// The disk or the quota is full; nothing was written.
        case full
        /// The disk failed, or the file is not a database any more.
        case inputOutput
        /// A row or column was not what the code expected.
        case mismatch
        /// A sealed value does not open under this tenant's key.
        case seal
        /// The store has been closed.
        case closed
        /// SQL that does not parse, or any other misuse: a fault of the plugin.
        case misuse
    }

    /// What sort of failure it is.
    public let kind: Kind
    /// For the log; names tables and columns, never values.
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
