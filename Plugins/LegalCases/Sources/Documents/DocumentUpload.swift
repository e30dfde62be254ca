internal import PluginAPI

extension LegalCases {
    /// `POST /api/portal/documents/`
    func bringDocument(_ form: IncomingForm<BroughtDocument>, _ call: Call<Member>) async throws -> DocumentShown {
        let (person, (fields, kept)) = (call.caller.id, try await Self.received(form, call))
        let id = try await Self.keeping(kept, call) { tx in
            guard let matter = try tx.matter(fields.matter), matter.client == person else {
                throw Problem.noSuchCase
            }
            return try add(
                NewDocument(
                    matter: matter.id, client: matter.client, title: fields.title, description: fields.description,
                    folder: fields.folder, origin: .client, isShown: true, by: person, text: kept.text),
                kept.file, to: matter, tx)
        }
        return try await call.store.read { tx in
            guard let row = try tx.document(id, isForClient: true) else { throw Problem.notFound }
            return DocumentShown(row)
        }
    }

    /// `POST /api/staff/documents/`
    func addDocument(_ form: IncomingForm<AddedDocument>, _ call: Call<Member>) async throws -> StaffDocument {
        guard let reach = call.reach else { throw Problem.forbidden }
        let (person, (fields, kept)) = (call.caller.principal.person, try await Self.received(form, call))
        let id = try await Self.keeping(kept, call) { tx in
            guard let matter = try tx.matter(fields.matter), reach.covers(matter.subject("case", matter.id)) else {
                throw Problem.noSuchCase
            }
            return try add(
                NewDocument(
                    matter: matter.id, client: matter.client, title: fields.title, description: fields.description,
                    folder: fields.folder, origin: .staff, isShown: fields.visibleToClient, by: person, text: kept.text),
                kept.file, to: matter, tx)
        }
        return try await call.store.read { tx in try tx.staffDocument(id) }
    }

    /// `POST /api/portal/documents/{document_id}/versions/`
    func bringVersion(_ named: DocumentNamed, _ form: IncomingForm<BroughtVersion>, _ call: Call<Member>) async throws
        -> DocumentShown
    {
        let (person, (_, kept)) = (call.caller.id, try await Self.received(form, call))
        try await Self.keeping(kept, call) { tx in
            guard let row = try tx.document(named.id), row.shown != nil else { throw Problem.notFound }
            guard row.origin == .client else { throw DocumentRefusal.notOwn }
            try add(version: kept, to: row, by: person, isShown: true, tx)
        }
        return try await call.store.read { tx in
            guard let row = try tx.document(named.id, isForClient: true) else { throw Problem.notFound }
            return DocumentShown(row)
        }
    }

    /// `POST /api/staff/documents/{document_id}/versions/`
    func addVersion(_ named: DocumentNamed, _ form: IncomingForm<BroughtVersion>, _ call: Call<Member>) async throws
        -> StaffDocument
    {
        let (person, (_, kept)) = (call.caller.principal.person, try await Self.received(form, call))
        try await Self.keeping(kept, call) { tx in
            guard let row = try tx.document(named.id) else { throw Problem.notFound }
            try add(version: kept, to: row, by: person, isShown: false, tx)
        }
        return try await call.store.read { tx in try tx.staffDocument(named.id) }
    }

    /// Adds a document; what came before under the same `Idempotency-Key` is there already.
    private func add(_ new: NewDocument, _ file: StoredFile, to matter: Matter, _ tx: borrowing Transaction) throws
        -> Int
    {
        var new = new
        if new.title.isEmpty { new.title = String(file.name.prefix(300)) }
        if let earlier = try tx.document(ofFile: file.id) {
            guard earlier.version == 1, let row = try tx.document(earlier.id), row.matter == new.matter,
                row.title == new.title, row.description == new.description, row.folder == new.folder
            else { throw Problem.keyUsed }
            return row.id
        }
        guard matter.takesNew else { throw DocumentRefusal.caseClosed }
        let id = try tx.add(new, file)
        guard let row = try tx.document(id) else { throw Problem.fault }
        try announceUploaded(row, of: matter, by: new.by, tx)
        return id
    }

    private func add(
        version kept: KeptFile, to row: DocumentRow, by person: PersonID, isShown: Bool, _ tx: borrowing Transaction
    ) throws {
        if let earlier = try tx.document(ofFile: kept.file.id) {
            guard earlier.id == row.id else { throw Problem.keyUsed }
            return
        }
        guard let matter = try tx.matter(row.matter) else { throw Problem.notFound }
        guard matter.takesNew else { throw DocumentRefusal.caseClosed }
        try tx.add(kept.file, to: row.id, of: matter.id, by: person, isShown: isShown)
        try tx.index(row.id, text: kept.text)
        guard let added = try tx.document(row.id) else { throw Problem.fault }
        try announceUploaded(added, of: matter, by: person, tx)
    }
}

/// A file that has come, with its words.
struct KeptFile: Sendable {
    let file: StoredFile
    let text: String
}

extension LegalCases {
    /// Keeps the file of a form while it comes, and reads its words.
    private static func received<Form: Described>(
        _ form: IncomingForm<Form>, _ call: Call<Member>
    ) async throws -> (fields: Form, file: KeptFile) {
        var kept: [StoredFile] = []
        do {
            while let file = try await form.nextFile() {
                // A second one is a mistake, of which the fields tell.
                if kept.isEmpty { kept.append(try await call.files.add(file)) }
            }
            let fields = try await form.fields()
            guard let file = kept.first else { throw Problem.invalid("file", .missing, "is required") }
            guard file.size > 0 else { throw DocumentRefusal.empty }
            return (fields, KeptFile(file: file, text: try await SearchedText.of(call.files.open(file.id))))
        } catch {
            if let file = kept.first { await forget(file, call) }
            throw error
        }
    }

    /// Writes what hangs on a file; when that is refused, the file goes.
    private static func keeping<T: Sendable>(
        _ kept: KeptFile, _ call: Call<Member>, _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        do { return try await call.store.write(body) } catch {
            await forget(kept.file, call)
            throw error
        }
    }

    /// Deletes a file that nothing hangs on; should even this fail, it goes after a day.
    private static func forget(_ file: StoredFile, _ call: Call<Member>) async {
        try? await call.store.write { tx in
            if try tx.file(file.id)?.isAttached == false { try tx.delete(file.id) }
        }
    }
}

extension Problem {
    /// RFC draft "Idempotency-Key": the key stands for another request.
    fileprivate static let keyUsed = Problem(
        422, "VALIDATION_ERROR", "This Idempotency-Key was used with another body.")

    /// A case that is not there, or not for the caller: nothing tells them apart.
    static var noSuchCase: Problem {
        var problem = Problem.notFound
        problem.mistakes = [Mistake(field: "case", .notAllowed, "must be the number of one of your cases")]
        return problem
    }
}
