/// What answers a route: a method of the plugin, in one of four kinds.
// Inlined where a plugin declares its routes, so that its types are known and nothing is looked up at a call.
public struct Handler<P: Plugin, Input: Described, Output: Answer, Who: Caller>: Sendable {
    @usableFromInline let kind: HandlerKind
    /// The schema of a form that the handler reads itself.
    @usableFromInline let form: FormDocument?
    /// The schema of a JSON body that the handler reads itself.
    @usableFromInline let streamed: JSONSchema?
    /// Binds the plugin and a decoded input.
    @usableFromInline let work: @Sendable (P, Input) -> Work

    @inlinable
    init(
        kind: HandlerKind, form: FormDocument? = nil, streamed: JSONSchema? = nil,
        work: @escaping @Sendable (P, Input) -> Work
    ) {
        self.kind = kind
        self.form = form
        self.streamed = streamed
        self.work = work
    }

    /// Reads and answers at once, on the connection's own loop; the fastest kind. Must not compute for long.
    @inlinable
    public static func reading(
        _ handle: @escaping @Sendable (P) -> @Sendable (Input, borrowing ReadTransaction, Call<Who>) throws -> Output
    ) -> Handler {
        Handler(kind: .reading) { plugin, input in
            .reading { tx, context, writer in
                try handle(plugin)(input, tx, try Call(context)).write(into: &writer)
            }
        }
    }

    /// Changes things: row, events, messages, audit entry and the stored answer for an `Idempotency-Key` commit as one.
    ///
    /// It may run a second time when its group of transactions is lost, so it has no effect but through the transaction.
    @inlinable
    public static func transactional(
        _ handle: @escaping @Sendable (P) -> @Sendable (Input, borrowing Transaction, Call<Who>) throws -> Output
    ) -> Handler {
        Handler(kind: .transactional) { plugin, input in
            .transactional { tx, context, writer in
                try handle(plugin)(input, tx, try Call(context)).write(into: &writer)
            }
        }
    }

    /// Waits for other things: outside services, several transactions, long work.
    @inlinable
    public static func asynchronous(
        _ handle: @escaping @Sendable (P) -> @Sendable (Input, Call<Who>) async throws -> Output
    ) -> Handler {
        Handler(kind: .asynchronous) { plugin, input in
            .asynchronous { _, context in
                let output = try await handle(plugin)(input, try Call(context))
                var writer = JSONWriter()
                return (output.write(into: &writer), writer.bytes)
            }
        }
    }

    /// Takes the request's body piece by piece instead of as JSON.
    ///
    /// - Parameter json: the schema of a JSON body that is longer than others may be: the handler collects it and decodes it
    ///   away from the loop. For the documents, and so that a body of another type is refused.
    @inlinable
    public static func receiving(
        json: JSONSchema? = nil,
        _ handle: @escaping @Sendable (P) -> @Sendable (Input, ByteStream, Call<Who>) async throws -> Output
    ) -> Handler {
        Handler(kind: .receiving, streamed: json) { plugin, input in
            .asynchronous { body, context in
                let output = try await handle(plugin)(input, body, try Call(context))
                var writer = JSONWriter()
                return (output.write(into: &writer), writer.bytes)
            }
        }
    }
}

// Not inlined: a form takes longer than looking up its types does.
extension Handler {
    /// Takes a form whose files are handed over as they come, for uploads too large to be kept before they are handled. The
    /// input is what path, query and headers bring.
    public static func receivingForm<Form: Described>(
        _ handle: @escaping @Sendable (P) -> @Sendable (Input, IncomingForm<Form>, Call<Who>) async throws -> Output
    ) -> Handler {
        Handler(kind: .receiving, form: FormDocument(Form.schema)) { plugin, input in
            .receivingForm { source, context in
                let output = try await handle(plugin)(input, IncomingForm(source), try Call(context))
                var writer = JSONWriter()
                return (output.write(into: &writer), writer.bytes)
            }
        }
    }
}

/// The schema of a form without its type.
@usableFromInline
struct FormDocument: Sendable {
    let fields: [FieldDocument]
    let document: JSONSchema
    let roundTrips: Bool

    init<Form: Described>(_ schema: Schema<Form>) {
        fields = schema.fields
        document = schema.document
        roundTrips = schema.roundTrips
    }
}

extension Handler where Input == Nothing {
    /// As above, without input.
    @inlinable
    public static func reading(
        _ handle: @escaping @Sendable (P) -> @Sendable (borrowing ReadTransaction, Call<Who>) throws -> Output
    ) -> Handler {
        Handler(kind: .reading) { plugin, _ in
            .reading { tx, context, writer in
                try handle(plugin)(tx, try Call(context)).write(into: &writer)
            }
        }
    }

    /// As above, without input.
    @inlinable
    public static func transactional(
        _ handle: @escaping @Sendable (P) -> @Sendable (borrowing Transaction, Call<Who>) throws -> Output
    ) -> Handler {
        Handler(kind: .transactional) { plugin, _ in
            .transactional { tx, context, writer in
                try handle(plugin)(tx, try Call(context)).write(into: &writer)
            }
        }
    }

    /// As above, without input.
    @inlinable
    public static func asynchronous(
        _ handle: @escaping @Sendable (P) -> @Sendable (Call<Who>) async throws -> Output
    ) -> Handler {
        asynchronous { plugin in { (_: Nothing, call: Call<Who>) in try await handle(plugin)(call) } }
    }

    /// As above, without input.
    public static func receivingForm<Form: Described>(
        _ handle: @escaping @Sendable (P) -> @Sendable (IncomingForm<Form>, Call<Who>) async throws -> Output
    ) -> Handler {
        receivingForm { plugin in
            { (_: Nothing, form: IncomingForm<Form>, call: Call<Who>) in try await handle(plugin)(form, call) }
        }
    }
}

/// The kinds of handler.
public enum HandlerKind: String, Sendable {
    case reading, transactional, asynchronous, receiving
}

/// A handler with its plugin and its decoded input, ready to run once.
public enum Work: Sendable {
    case reading(@Sendable (borrowing ReadTransaction, CallContext, inout JSONWriter) throws -> AnswerShape)
    case transactional(@Sendable (borrowing Transaction, CallContext, inout JSONWriter) throws -> AnswerShape)
    case asynchronous(@Sendable (ByteStream, CallContext) async throws -> (AnswerShape, [UInt8]))
    case receivingForm(@Sendable (any FormSource, CallContext) async throws -> (AnswerShape, [UInt8]))
}
