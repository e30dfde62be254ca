import PluginAPI

/// A plugin that takes uploads in each of the ways there are.
struct Papers: Plugin {
    static let manifest = Manifest<Self>(
        id: "papers", summary: "Keeps papers.", dialect: .envelope, prefixes: ["/papers"],
        migrations: [
            Migration(
                "001-papers",
                """
                CREATE TABLE papers_paper (id INTEGER PRIMARY KEY, matter INTEGER NOT NULL, title TEXT NOT NULL,
                    name TEXT NOT NULL, type TEXT NOT NULL, sum INTEGER NOT NULL) STRICT
                """)
        ],
        routes: [
            .post(
                "/papers", .transactional(Self.keep), needs: .anyone(because: "a test"),
                fileLimit: { $0.settings.fileLimit }, "Keeps a paper."),
            .get("/papers", .reading(Self.list), needs: .anyone(because: "a test")),
            .post(
                "/papers/import", .asynchronous(Self.load), needs: .anyone(because: "a test"), status: 200,
                notTransactionalBecause: "It stores nothing."),
            .post(
                "/papers/large", .receivingForm(Self.receive), needs: .anyone(because: "a test"), status: 200,
                notTransactionalBecause: "It stores nothing."),
        ])

    struct Settings: Described {
        var fileLimit: Int
        static let schema = Schema.object(
            Self.init(fileLimit:), Field("fileLimit", \.fileLimit, .int(1...1_000_000), default: 1_000_000))
    }

    let settings: Settings

    init(settings: Settings, services: Services) { self.settings = settings }

    /// Small enough for a transaction: the row and the answer commit as one.
    func keep(_ new: NewPaper, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Paper {
        let sum = try new.file.contents().reduce(0) { $0 + Int($1) }
        try tx.run(
            """
            INSERT INTO papers_paper (matter, title, name, type, sum)
            VALUES (\(new.matter), \(new.title), \(new.file.fileName), \(new.file.mediaType), \(sum))
            """)
        return Paper(
            matter: new.matter, title: new.title, description: new.description, name: new.file.fileName,
            size: new.file.size, sum: sum)
    }

    func list(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> [Line] {
        try tx.values("SELECT name || ' ' || type || ' ' || sum FROM papers_paper ORDER BY id", as: String.self)
            .map { Line(text: $0) }
    }

    func load(_ file: PaperImport, _ call: Call<Anyone>) async throws -> Loaded {
        var sizes: [Int] = []
        for paper in file.papers {
            var size = 0
            for try await piece in paper.bytes { size += piece.count }
            sizes.append(size)
        }
        return Loaded(sizes: sizes, reps: file.reps, metadata: file.metadata)
    }

    /// Too large to be kept first: every byte is handled as it comes.
    func receive(_ form: IncomingForm<LargePaper>, _ call: Call<Anyone>) async throws -> Loaded {
        var sizes: [Int] = []
        while let file = try await form.nextFile() {
            var size = 0
            for try await piece in file.bytes { size += piece.count }
            sizes.append(size)
        }
        let fields = try await form.fields()
        return Loaded(sizes: sizes, reps: [fields.title, fields.file.fileName, "\(fields.file.size)"], metadata: nil)
    }
}

struct Line: Described {
    let text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string()))
}

struct NewPaper: Described {
    let matter: Int
    let title: String
    let description: String?
    let file: Upload
    static let schema = Schema.object(
        Self.init(matter:title:description:file:), Field("case", \.matter, .int(1...99_999), in: .form),
        Field("title", \.title, .string(1...100), in: .form),
        Field("description", \.description, .optional(.string()), in: .form),
        Field("file", \.file, .file(upTo: 500_000), in: .form, note: "The paper itself"))
}

struct PaperImport: Described {
    let papers: [Upload]
    let reps: [String]
    let metadata: Metadata?
    static let schema = Schema.object(
        Self.init(papers:reps:metadata:),
        Field(
            "papers", \.papers, .list(.file(upTo: 300_000, types: ["text/csv", "application/vnd.ms-excel"]), 1...3),
            in: .form),
        Field("reps", \.reps, .list(.string(1...20), 0...3), in: .form, default: []),
        Field("metadata", \.metadata, .optional(Metadata.schema), in: .form))
}

struct Metadata: Described {
    let minutes: Int?
    let skills: [String]
    static let schema = Schema.object(
        Self.init(minutes:skills:), Field("minutes", \.minutes, .optional(.int(0...1000))),
        Field("skills", \.skills, .list(.string(1...20)), default: []))
}

struct LargePaper: Described {
    let title: String
    let file: Upload
    static let schema = Schema.object(
        Self.init(title:file:), Field("title", \.title, .string(1...100), in: .form),
        Field("file", \.file, .file(upTo: 60_000_000), in: .form))
}

struct Paper: Described {
    let matter: Int
    let title: String
    let description: String?
    let name: String
    let size: Int
    let sum: Int
    static let schema = Schema.object(
        Self.init(matter:title:description:name:size:sum:), Field("case", \.matter, .int()),
        Field("title", \.title, .string()), Field("description", \.description, .optional(.string())),
        Field("name", \.name, .string()), Field("size", \.size, .int()), Field("sum", \.sum, .int()))
}

struct Loaded: Described {
    let sizes: [Int]
    let reps: [String]
    let metadata: Metadata?
    static let schema = Schema.object(
        Self.init(sizes:reps:metadata:), Field("sizes", \.sizes, .list(.int())),
        Field("reps", \.reps, .list(.string())),
        Field("metadata", \.metadata, .optional(Metadata.schema)))
}
